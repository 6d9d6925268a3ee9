# Subclasses of dict: __missing__, overridden methods, what built-ins call and what they do not.

class Default(dict):
    def __init__(self, factory, *a, **k):
        super().__init__(*a, **k)
        self.factory = factory
    def __missing__(self, key):
        value = self[key] = self.factory()
        return value
d = Default(list, x=[0])
d["a"].append(1)
d["a"].append(2)
print(d, d.get("b"), "b" in d, d["b"], d, type(d).__name__, d.factory is list)
class Lower(dict):
    def __setitem__(self, k, v): super().__setitem__(k.lower(), v)
    def __getitem__(self, k): return super().__getitem__(k.lower())
    def __contains__(self, k): return super().__contains__(k.lower())
l = Lower(ABC=1)
l["XyZ"] = 2
print(dict(l), l["xYz"], "XYZ" in l, l.get("XYZ"), l.pop("xyz"), list(l))
l.update(QQ=3)
l.setdefault("RR", 4)
print(dict(l))
class Loud(dict):
    def __getitem__(self, k):
        print("getitem", k)
        return dict.__getitem__(self, k)
    def keys(self):
        print("keys")
        return dict.keys(self)
    def __iter__(self):
        print("iter")
        return dict.__iter__(self)
x = Loud(a=1)
print({**x}, dict(x), "%(a)s" % x, "{a}".format_map(x), [k for k in x], x == {"a": 1})
def f(**kw): return kw
print(f(**x))
class Counter(dict):
    def __missing__(self, k): return 0
    def most(self, n): return sorted(self.items(), key=lambda kv: (-kv[1], kv[0]))[:n]
c = Counter()
for w in "a b a c b a".split():
    c[w] += 1
print(c, c.most(2), c["zz"], len(c))
class Attr(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__
a = Attr(p=1)
a.q = 2
print(a, a.p, a.q, a["q"])
del a.p
try:
    a.p
except KeyError as e:
    print("KeyError", e)
print(Attr(x=1) | {"y": 2}, type(Attr(x=1) | {"y": 2}).__name__, type(Attr(x=1).copy()).__name__, Attr.fromkeys("ab"), type(Attr.fromkeys("ab")).__name__, Attr(a=1) == {"a": 1}, isinstance(a, dict))
class BadMissing(dict):
    def __missing__(self, k): raise KeyError("own " + k)
try:
    BadMissing()["z"]
except KeyError as e:
    print(e)
class Init(dict):
    def __new__(cls, *a, **k):
        print("new", a, k)
        return super().__new__(cls)
    def __init__(self, n): super().__init__((i, i * n) for i in range(3))
print(Init(5))
class Slots(dict):
    __slots__ = ("tag",)
s = Slots(a=1)
s.tag = "t"
print(s, s.tag, hasattr(s, "__dict__"))
