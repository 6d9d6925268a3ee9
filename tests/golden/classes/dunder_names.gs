# Introspection: dir, vars, __dict__ proxies, __class__, __doc__, __module__, type attributes.

class A:
    "doc of A"
    x: int = 1
    def f(self): "doc of f"
class B(A):
    y = 2
b = B()
b.z = 3
print([n for n in dir(b) if not n.startswith("__")], [n for n in dir(B) if not n.startswith("__")], [n for n in dir() if n in ("A", "B", "b")])
print(A.__doc__, B.__doc__, b.__doc__, A.f.__doc__, A.__module__, B.__qualname__, A.__annotations__, vars(b))
print(type(A.__dict__).__name__, "f" in A.__dict__, A.__dict__["x"], list(k for k in B.__dict__ if not k.startswith("__")))
try:
    A.__dict__["new"] = 1
except TypeError as e:
    print(e)
A.__name__ = "Renamed"
A.__qualname__ = "pkg.Renamed"
A.__module__ = "elsewhere"
print(A, repr(A()).split(" at")[0])
for bad in (lambda: setattr(A, "__name__", 5), lambda: setattr(A, "__dict__", {}), lambda: setattr(A, "__mro__", ()), lambda: delattr(A, "__name__"), lambda: setattr(int, "__name__", "x"), lambda: setattr(A, "__qualname__", 1)):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
print(hasattr(b, "__len__"), hasattr([], "__len__"), "__add__" in dir(5), "__init__" in dir(object), len([n for n in dir(object) if n.startswith("__")]) > 15)
print(object.__doc__.splitlines()[0], type(object).__name__, object.__name__, type(type).__name__, isinstance(type, object), isinstance(object, type), issubclass(type, object))
print((5).__class__, "".__class__, None.__class__, type(print).__name__, b.__class__.__bases__[0] is A, b.f.__func__ is A.f, B.f is A.f)
print(A.__init__ is object.__init__, A.__str__ is object.__str__, B.__hash__ is object.__hash__, A.__eq__ is object.__eq__)
print(object.__repr__(5).split(" at")[0], object.__str__("x"), object.__eq__(1, 1), object.__ne__(1, 2), object.__lt__(1, 2), object.__format__(5, ""), object.__hash__(b) == hash(b), object.__getattribute__(b, "z"), object.__dir__(b) != [], object.__sizeof__(b) > 0)
try:
    object.__format__(5, "x")
except TypeError as e:
    print(e)
class Dir:
    def __init__(self): self.own = 1
    def __dir__(self): return super().__dir__() + ["virtual"]
print([n for n in dir(Dir()) if not n.startswith("_")])
del B.y
print(hasattr(b, "y"), [n for n in vars(B) if not n.startswith("__")])
print(vars() is globals(), "b" in vars(), type(vars(A)).__name__)
for o in (5, "s", [], len, object()):
    try:
        vars(o)
    except TypeError as e:
        print(e)
