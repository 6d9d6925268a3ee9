# object(), type() with three arguments, classes made at run time, super of them.

def init(self, n): self.n = n
Base = type("Base", (), {"__init__": init, "get": lambda self: self.n, "cls": classmethod(lambda cls: cls.__name__), "__doc__": "made"})
Child = type("Child", (Base,), {"get": lambda self: super(Child, self).get() * 2, "extra": 5})
c = Child(4)
print(c.get(), Base(1).get(), Child.cls(), Base.__doc__, Child.__bases__, type(c).__mro__[1].__name__, Child.__dict__["extra"], Child.__module__, Child.__qualname__)
classes = {n: type(n, (Base,), {"kind": n.lower()}) for n in ("Cat", "Dog")}
print([k.kind for k in classes.values()], isinstance(classes["Cat"](1), Base), classes["Dog"](3).get())
o = object()
print(type(o), o == o, bool(o), str(o)[:18], isinstance(o, object), hash(o) == hash(o), o != object())
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: setattr(o, "x", 1))
attempt(lambda: object(5))
attempt(lambda: o.nothing)
attempt(lambda: o < o)
attempt(lambda: type("X", (), {}, nope=1))
attempt(lambda: type(5, 5))
attempt(lambda: type("X", [int], {}))
attempt(lambda: type("X", (), []))
attempt(lambda: type("", (), {}).__name__)
print(type.__name__, type(type) is type, isinstance(type, type), issubclass(type, object), type.mro(int)[0], int.mro()[-1], type(int), type(Base) is type(int))
class M(type):
    def hello(cls): return "hello " + cls.__name__
X = M("X", (Base,), {})
print(X.hello(), type(X).__name__, X(2).get(), M("Y", (X,), {}).hello())
attempt(lambda: X(1).hello())
ns = {}
T = type("T", (), ns)
ns["late"] = 1
print(hasattr(T, "late"))
T.late = 2
print(T().late, ns)
class WithNew:
    made = []
    def __new__(cls, *a):
        self = object.__new__(cls)
        cls.made.append(a)
        return self
WithNew(1); WithNew(1, 2)
print(WithNew.made)
