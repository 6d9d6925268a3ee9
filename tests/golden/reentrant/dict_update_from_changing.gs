# update, |, ** and dict() from mappings and iterators that change things on the way.

d = {}
class M:
    def keys(self):
        d["keys called"] = 1
        return iter(["x", "y"])
    def __getitem__(self, k):
        d["got " + k] = 1
        return k.upper()
d.update(M())
print(d)
d = {1: 1}
def pairs():
    for i in range(3):
        d.clear()
        yield i, len(d)
d.update(pairs())
print(d)
d = {"a": 1}
d.update(d)
d |= d
print(d, d | d)
def f(**kw): return kw
class N(dict):
    def __getitem__(self, k): return "never asked"
print(f(**N(a=1)), dict(N(a=2)), {**N(a=3)})
class Bad:
    def keys(self): return ["a", "b"]
    def __getitem__(self, k):
        if k == "b": raise ValueError("b")
        return 1
d = {}
try:
    d.update(Bad())
except ValueError as e:
    print(e, d)
def failing():
    yield "k", 1
    raise KeyError("in the middle")
d = {}
try:
    d.update(failing())
except KeyError as e:
    print(e, d)
src = {"a": 1, "b": 2}
class Eq:
    def __init__(self, n): self.n = n
    def __hash__(self): return 3
    def __eq__(self, o):
        src.pop("a", None)
        return False
src[Eq(1)] = 1
dst = {Eq(2): 2}
try:
    dst.update(src)
    print(len(dst))
except RuntimeError as e:
    print(e)
class Item:
    def __init__(self, l): self.l = l
    def __iter__(self):
        self.l.clear()
        return iter(("k", "v"))
l = [("a", 1)]
l.append(Item(l))
l.append(("never", 0))
d = {}
d.update(l)
print(d, l)
