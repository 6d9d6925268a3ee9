# Deeply nested data in repr, ==, <, hash, json, copies: RecursionError, never a crash.

import json
def nest(n, wrap, x):
    for _ in range(n): x = wrap(x)
    return x
N = 100000
cases = {"list": nest(N, lambda x: [x], []), "tuple": nest(N, lambda x: (x,), ()), "dict": nest(N, lambda x: {"k": x}, {})}
other = {"list": nest(N, lambda x: [x], []), "tuple": nest(N, lambda x: (x,), ()), "dict": nest(N, lambda x: {"k": x}, {})}
for name, d in cases.items():
    for what, f in (("repr", lambda: len(repr(d))), ("str", lambda: len(str(d))), ("eq", lambda: d == other[name]), ("json", lambda: len(json.dumps(d)))):
        try:
            f()
            print(name, what, "fine")
        except RecursionError as e:
            print(name, what, type(e).__name__)
for f in (lambda: cases["list"] < other["list"], lambda: hash(cases["tuple"]), lambda: json.loads("[" * N + "]" * N), lambda: json.loads('{"a":' * N + "1" + "}" * N)):
    try:
        f()
        print("fine")
    except RecursionError as e:
        print(type(e).__name__)
small = nest(50, lambda x: [x, {"k": (x,)}] if len(repr(x)) < 1000 else [x], [])
print(small == eval(repr(small)), len(repr(small)) > 50)
class R:
    def __init__(self, x): self.x = x
    def __repr__(self): return f"R({self.x!r})"
    def __eq__(self, o): return self.x == o.x
    def __hash__(self): return hash(self.x)
d = nest(N, R, 1)
for f in (lambda: repr(d), lambda: d == nest(N, R, 1), lambda: hash(d)):
    try:
        f()
        print("fine")
    except RecursionError as e:
        print(type(e).__name__)
while isinstance(d, R): d = d.x
for name in cases:
    x = cases[name]
    while x: x = x[0] if name != "dict" else x["k"]
print("walked to the bottom")
