# Attribute look-up that deletes, replaces or adds attributes and classes on the way.

class A:
    def __getattr__(self, name):
        setattr(A, name, f"class attr {name}")
        return f"first {name}"
a = A()
print(a.x, a.x, A.x)
class P:
    @property
    def once(self):
        del P.once
        self.once = "instance now"
        return "property ran"
p = P()
print(p.once, p.once, vars(p))
class M:
    def m(self):
        M.m = lambda self: "replaced"
        return "original", self.m()
print(M().m(), M().m())
class C1:
    def who(self):
        self.__class__ = C2
        return "C1", self.who()
class C2:
    def who(self): return "C2"
c = C1()
print(c.who(), type(c).__name__)
class D:
    def __get__(self, o, t):
        o.__dict__["d"] = "shadow"
        return "descriptor"
class E:
    d = D()
e = E()
print(e.d, e.d)
class S:
    def __setattr__(self, k, v):
        if k == "a":
            S.__setattr__ = object.__setattr__
        object.__setattr__(self, "seen_" + k, v)
s = S()
s.a = 1
s.b = 2
print(vars(s))
class G:
    def __getattribute__(self, n):
        if n == "y":
            G.__getattribute__ = object.__getattribute__
            return self.__dict__
        return object.__getattribute__(self, n)
g = G()
g.z = 5
print(g.y, g.z)
class B1: v = 1
class B2: v = 2
class K(B1):
    @property
    def swap(self):
        K.__bases__ = (B2,)
        return self.v
print(K().v, K().swap, K().v)
class Del:
    def __delattr__(self, n):
        object.__delattr__(self, n)
        setattr(self, n, "back again")
d = Del()
d.x = 1
del d.x
print(d.x)
class Dict:
    def f(self):
        self.__dict__ = {"fresh": 1}
        return self.fresh
print(Dict().f())
