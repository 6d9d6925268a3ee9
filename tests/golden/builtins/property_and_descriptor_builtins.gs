# property, classmethod, staticmethod used as functions; docs, names, copies with getter/setter/deleter.

class A:
    def __init__(self): self._x = 0
    def get_x(self):
        "doc of get_x"
        return self._x
    def set_x(self, v): self._x = v
    def del_x(self): self._x = "deleted"
    x = property(get_x, set_x, del_x)
    y = property(get_x, doc="own doc")
    z = property(fset=set_x)
a = A()
a.x = 5
print(a.x, A.x.__doc__, A.y.__doc__, A.z.__doc__, A.x.fget is A.get_x, A.y.fset, A.z.fget)
del a.x
print(a.x)
B = type("B", (A,), {"x": A.x.getter(lambda self: "new getter")})
b = B()
b.x = 3
print(b.x, b._x)
for f in (lambda: a.z, lambda: setattr(a, "y", 1), lambda: delattr(a, "z"), lambda: property(1, 2, 3, 4, 5), lambda: setattr(A.x, "fget", 1)):
    try:
        print(f())
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
p = property(lambda self: 1)
print(p.__get__(5), p.__get__(None, int) is p, isinstance(p, property), p.fget(0))
sm, cm = staticmethod(lambda x: x * 2), classmethod(lambda c, x: (c.__name__, x))
print(sm(4), sm.__get__(None, int)(5), cm.__get__(None, int)(6), cm.__get__(7)(8), sm.__func__(1), sm.__wrapped__(2))
class C:
    @property
    def both(self): return "get"
    @both.setter
    def both(self, v): print("set", v)
    @both.deleter
    def both(self): print("delete")
    @property
    def _private(self): return "p"
c = C()
c.both = 1
del c.both
print(c.both, c._private, C.both.fget.__name__)
def doc():
    "text"
print(staticmethod(doc).__doc__, classmethod(doc).__name__, property(doc).__doc__)
