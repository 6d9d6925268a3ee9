# __getattr__, __getattribute__, __setattr__, __delattr__, __dir__: when each is called.

class G:
    real = 1
    def __getattr__(self, name):
        print("getattr", name)
        if name.startswith("no"):
            raise AttributeError(f"never {name}")
        return name.upper()
g = G()
print(g.real, g.virtual, hasattr(g, "nope"), getattr(g, "none", "default"))
g.virtual = "set"
print(g.virtual, len(vars(g)))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: g.nothing)
class GA:
    x = 1
    def __init__(self): self.y = 2
    def __getattribute__(self, name):
        print("ga", name)
        if name == "secret": raise AttributeError("hidden")
        return super().__getattribute__(name)
    def __getattr__(self, name): return "via getattr " + name
    def m(self): return self.y
o = GA()
print(o.x, o.y, o.secret, o.m(), o.gone, o.__class__.__name__)
print(len([n for n in ("x", "m") if hasattr(o, n)]))
class SA:
    def __setattr__(self, k, v):
        print("set", k, v)
        object.__setattr__(self, "_" + k, v)
    def __delattr__(self, k):
        print("del", k)
        object.__delattr__(self, "_" + k)
    def __init__(self): self.a = 1
s = SA()
s.b = [2]
s.b_2 = s._b
s._b += [3]
print(vars(s).keys())
del s.a
attempt(lambda: delattr(s, "zz"))
class Frozen:
    def __init__(self, v): object.__setattr__(self, "v", v)
    def __setattr__(self, k, val): raise AttributeError(f"cannot assign {k!r}")
    def __delattr__(self, k): raise AttributeError(f"cannot delete {k!r}")
f = Frozen(5)
attempt(lambda: setattr(f, "v", 6))
attempt(lambda: delattr(f, "v"))
print(f.v)
class Proxy:
    def __init__(self, target): self.__dict__["_t"] = target
    def __getattr__(self, n): return getattr(self._t, n)
    def __setattr__(self, n, v): setattr(self._t, n, v)
class T: pass
t = T()
px = Proxy(t)
px.a = 5
print(t.a, px.a)
attempt(lambda: px.missing)
lp = Proxy([1, 2])
lp.append(3)
print(lp.count(3), lp._t)
attempt(lambda: len(lp))
# --- implicit calls of special methods go past instance and hooks
class Special:
    def __getattribute__(self, n):
        print("asked for", n)
        return super().__getattribute__(n)
    def __len__(self): return 3
    def __call__(self): return "called"
sp = Special()
sp.__dict__["__len__"] = lambda: 99
print(len(sp), sp(), sp.__len__())
class D:
    def __dir__(self): return ["z", "a", "m"]
print(dir(D()))
class Dyn:
    def __getattr__(self, name):
        if name.startswith("get_"):
            return lambda: name[4:]
        raise AttributeError(name)
print(Dyn().get_name(), hasattr(Dyn(), "x"))
class Rec:
    def __getattr__(self, n): return self.other
try:
    Rec().x
except RecursionError as e:
    print(type(e).__name__)
class Chain:
    def __init__(self, path=""): self.path = path
    def __getattr__(self, n): return Chain(f"{self.path}/{n}")
    def __repr__(self): return self.path
print(Chain().users.ada.books)
class NonStr:
    def __getattr__(self, n): return n
print(getattr(NonStr(), "with space"), getattr(NonStr(), ""))
attempt(lambda: object.__getattribute__(NonStr(), "x"))
attempt(lambda: object().__getattribute__("x"))
class Raises:
    def __getattr__(self, n): raise ValueError("other error")
attempt(lambda: hasattr(Raises(), "x"))
attempt(lambda: getattr(Raises(), "x", "default"))
