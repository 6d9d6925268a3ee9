# Iterating a dict, its views and items while the body changes it: the exact errors.

def run(label, change, view=lambda d: d):
    d = {"a": 1, "b": 2, "c": 3}
    seen = []
    try:
        for x in view(d):
            seen.append(x)
            change(d)
        print(label, "ok", seen, d)
    except RuntimeError as e:
        print(label, seen, e, d)
views = {"dict": lambda d: d, "keys": lambda d: d.keys(), "values": lambda d: d.values(), "items": lambda d: d.items(), "reversed": reversed}
for name, v in views.items():
    run(name + " add", lambda d: d.__setitem__(len(d), 0), v)
    run(name + " del", lambda d: d.pop("b", None), v)
    run(name + " clear", lambda d: d.clear(), v)
    run(name + " same size", lambda d: (d.pop("c", None), d.__setitem__("z", 0)), v)
    run(name + " overwrite", lambda d: d.__setitem__("b", 9), v)
    run(name + " list", lambda d: d.__setitem__(len(d), 0), lambda d: list(v(d)))
d = {1: 1, 2: 2}
try:
    [d.pop(k) for k in d]
except RuntimeError as e:
    print(e, d)
d = {1: 1, 2: 2}
try:
    d2 = {k: d.setdefault(k + 10, 0) for k in d}
except RuntimeError as e:
    print(e, d)
try:
    sum(d.setdefault(k + 100, 1) for k in d)
except RuntimeError as e:
    print(e)
it = iter(d)
next(it)
d["new"] = 1
for _ in range(2):
    try:
        next(it)
    except (RuntimeError, StopIteration) as e:
        print(type(e).__name__, e)
