# match: mapping patterns, class patterns with positions and keywords, as patterns.

def m(x):
    match x:
        case {"type": "circle", "r": r}:
            return f"circle {r}"
        case {"type": "rect", "w": w, "h": h, **rest}:
            return f"rect {w}x{h} {rest}"
        case {1: one, None: none}:
            return f"odd keys {one} {none}"
        case {"nested": {"deep": [a, b]}}:
            return f"deep {a} {b}"
        case {**everything} if len(everything) == 1:
            return f"single {everything}"
        case {}:
            return "any mapping"
        case _:
            return "no mapping"
for v in ({"type": "circle", "r": 2}, {"type": "circle"}, {"type": "rect", "w": 1, "h": 2, "x": 3}, {1: "a", None: "b", 2: 0}, {"nested": {"deep": [1, 2]}, "z": 0}, {"nested": {"deep": [1]}}, {}, {"a": 1, "b": 2}, [], "type"):
    print(m(v))
class D(dict):
    def __missing__(self, k): return "made up"
print(m(D(type="circle")), m(D(a=1)))

class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class Point3(Point):
    __match_args__ = ("x", "y", "z")
    def __init__(self, x, y, z): super().__init__(x, y); self.z = z
def where(p):
    match p:
        case Point3(0, 0, z): return f"on the z axis at {z}"
        case Point(0, 0): return "origin"
        case Point(0, y=yy): return f"y axis {yy}"
        case Point(x=xx, y=0): return f"x axis {xx}"
        case Point(x, y) if x == y: return f"diagonal {x}"
        case Point(): return "somewhere"
        case _: return "not a point"
for p in (Point3(0, 0, 5), Point(0, 0), Point(0, 3), Point(4, 0), Point(2, 2), Point(1, 2), Point3(1, 2, 3), "p", (0, 0)):
    print(where(p))

def builtin(v):
    match v:
        case bool(b): return f"bool {b}"
        case int(i): return f"int {i}"
        case float() as f: return f"float {f}"
        case str(s): return f"str {s}"
        case bytes(b): return f"bytes {b}"
        case list([x, *_]): return f"list starts {x}"
        case list(l): return f"list {l}"
        case tuple((a, b)): return f"pair {a} {b}"
        case dict({"k": v}): return f"dict k={v}"
        case set(s): return f"set of {len(s)}"
        case type(): return "a class"
        case object(__class__=c): return f"object of {c.__name__}"
for v in (True, 5, 1.5, "s", b"b", [1, 2], [], (1, 2), {"k": 3}, {1}, int, None, (1,), {}):
    print(builtin(v))

# --- class pattern errors
class NoArgs: pass
class BadArgs: __match_args__ = "x"
class BadArgs2: __match_args__ = (1,)
class Few: __match_args__ = ("a",)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def p1(o):
    match o:
        case NoArgs(1): return 1
def p2(o):
    match o:
        case BadArgs(1): return 1
def p3(o):
    match o:
        case BadArgs2(1): return 1
def p4(o):
    match o:
        case Few(1, 2): return 1
def p5(o):
    match o:
        case int(1, 2): return 1
def p6(o):
    f = 5
    match o:
        case f(): return 1
def p7(o):
    match o:
        case Point(1, x=1): return 1
def p8(o):
    match o:
        case Few(a): return a
    return "attribute missing: no match"
attempt(lambda: p1(NoArgs()))
attempt(lambda: p2(BadArgs()))
attempt(lambda: p3(BadArgs2()))
attempt(lambda: p4(Few()))
attempt(lambda: p5(1))
attempt(lambda: p6(1))
attempt(lambda: p7(Point(1, 1)))
attempt(lambda: p8(Few()))
def p9(o, k):
    match o:
        case {"a": 1, k.key: 2}: return "both"
    return "no"
class K: key = "b"
attempt(lambda: p9({"a": 1, "b": 2}, K))
K.key = "a"
attempt(lambda: p9({"a": 1, "b": 2}, K))

# --- everything together
def ev(e):
    match e:
        case {"op": "+" | "-" as op, "args": [a, b]}:
            return ev(a) + ev(b) if op == "+" else ev(a) - ev(b)
        case {"op": "neg", "args": [a]}: return -ev(a)
        case int() | float() as n: return n
        case _: raise ValueError(f"bad expression {e!r}")
print(ev({"op": "+", "args": [1, {"op": "neg", "args": [{"op": "-", "args": [5, 2.5]}]}]}))
attempt(lambda: ev({"op": "*"}))
