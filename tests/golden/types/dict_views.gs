# Views of a dict: live, set operations, membership, iteration, changes during iteration.

d = {"a": 1, "b": 2, "c": 3}
k, v, i = d.keys(), d.values(), d.items()
d["d"] = 4
print(k, v, i, len(k), len(v), "d" in k, 4 in v, ("d", 4) in i, ("d", 5) in i, ("d",) in i, [1] in i)
print(sorted(k & {"a", "z"}), sorted(k | {"z"}), sorted(k - {"a"}), sorted(k ^ {"a", "z"}), k == {"a", "b", "c", "d"}, k <= {"a", "b", "c", "d", "e"}, k > {"a"}, k.isdisjoint("xyz"), sorted({"a", "q"} & k), sorted(["a", "q"] & k), sorted(i & {("a", 1)}), sorted(i - {("a", 1)}), i == set(d.items()), v == d.values(), k == list(d))
print(list(reversed(k)), k.mapping["a"], type(k).__name__, type(v).__name__, type(i).__name__, k & "ab" == {"a", "b"}, repr({}.keys()), repr({}.items()), [*i][0])
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: k[0])
attempt(lambda: k | 5)
attempt(lambda: v & {1})
attempt(lambda: hash(k))
attempt(lambda: k.mapping.__setitem__("x", 1))
attempt(lambda: {"a": []}.items() & {1})
attempt(lambda: k < [1])
# --- size changes during iteration
for change in ("d['new'] = 1", "del d['a']", "d.clear()", "d.popitem()"):
    e = {"a": 1, "b": 2, "c": 3}
    try:
        for x in e:
            exec(change, {"d": e})
        print(change, "no error", e)
    except RuntimeError as ex:
        print(change, "->", ex)
e = {"a": 1, "b": 2}
for x in e:
    e[x] = e[x] * 10
print(e)
e = {1: 1}
n = 0
try:
    for x in e:
        del e[x]
        e[x + 1] = 1
        n += 1
        if n > 20: break
except RuntimeError as ex:
    print(ex)
it = iter({"a": 1})
print(next(it), next(it, "end"), next(it, "still"))
e = {"a": 1, "b": 2}
it = iter(e.items())
next(it)
e["c"] = 3
try:
    next(it)
except RuntimeError as ex:
    print(ex)
try:
    next(it)
except (RuntimeError, StopIteration) as ex:
    print(type(ex).__name__, ex)
it = iter(e)
print(it.__length_hint__(), next(it), it.__length_hint__(), list(it))
for key in list(e):
    if e[key] % 2:
        del e[key]
print(e)
for (key, (p, q)) in {"x": (1, 2)}.items():
    print(key, p, q)
print([kk for kk, vv in sorted(d.items(), reverse=True) if vv > 1], max(d.values()), sum(d.values()), "".join(d), dict(zip(d.values(), d.keys())), list(map(d.get, "az")))
