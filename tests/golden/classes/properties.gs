# Properties: getter, setter, deleter, docs, inheritance, class access, read-only, in subclasses.

class Temp:
    def __init__(self, c): self.c = c
    @property
    def c(self):
        "degrees Celsius"
        return self._c
    @c.setter
    def c(self, v):
        if v < -273.15:
            raise ValueError("below absolute zero")
        self._c = v
    @c.deleter
    def c(self):
        print("deleting")
        del self._c
    @property
    def f(self): return self.c * 9 / 5 + 32
    @f.setter
    def f(self, v): self.c = (v - 32) * 5 / 9
    k = property(lambda self: self.c + 273.15, doc="kelvin")
t = Temp(100)
print(t.c, t.f, t.k, Temp.c.__doc__, Temp.k.__doc__, type(Temp.c).__name__, Temp.c.fget.__name__)
t.f = 212 - 180
print(t.c, vars(t))
t.c += 5
print(t.c)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: setattr(t, "c", -300))
attempt(lambda: setattr(t, "k", 1))
attempt(lambda: delattr(t, "k"))
attempt(lambda: delattr(t, "f"))
del t.c
attempt(lambda: t.c)
attempt(lambda: property().__get__(t))
class WriteOnly:
    def set(self, v): print("got", v)
    w = property(None, set)
w = WriteOnly()
w.w = 5
attempt(lambda: w.w)
class Sub(Temp):
    @property
    def c(self): return super().c + 1000
    @Temp.f.setter
    def f(self, v): print("sub f", v)
s = Sub.__new__(Sub)
s._c = 1
print(s.c, s.f)
s.f = 3
attempt(lambda: setattr(s, "c", 2))
class P2(Temp):
    c = Temp.c.setter(lambda self, v: setattr(self, "_c", v * 2))
print(P2(4).c)
class Err:
    @property
    def boom(self): raise AttributeError("inside")
    @property
    def other(self): raise KeyError("k")
    def __getattr__(self, name): return f"getattr {name}"
e = Err()
print(e.boom, hasattr(e, "boom"))
attempt(lambda: e.other)
class Err2:
    @property
    def boom(self): raise AttributeError("inside")
attempt(lambda: Err2().boom)
print(hasattr(Err2(), "boom"), getattr(Err2(), "boom", "default"))
v = Temp(1)
v.__dict__["c"] = "instance dict loses"
print(v.c)
class Cached:
    @property
    def value(self):
        print("computing")
        self.__dict__["_value"] = 42
        return 42
class Lazy:
    "A non-data descriptor, replaced by the value at first use."
    def __init__(self, f): self.f = f
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, cls=None):
        if obj is None: return self
        value = obj.__dict__[self.name] = self.f(obj)
        return value
class L:
    @Lazy
    def big(self):
        print("computing big")
        return 99
l = L()
print(l.big, l.big, vars(l))
class Meta(type):
    @property
    def count(cls): return len(cls.__name__)
class K(metaclass=Meta): pass
print(K.count)
attempt(lambda: K().count)
attempt(lambda: setattr(K, "count", 1))
