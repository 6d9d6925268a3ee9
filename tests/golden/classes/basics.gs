# Classes: attributes of class and instance, methods, isinstance, type(), repr.

class Dog:
    kind = "dog"
    tricks = []
    def __init__(self, name, age=1):
        self.name = name
        self.age = age
    def add(self, trick):
        self.tricks.append(trick)
        return self
    def __str__(self): return f"{self.name} ({self.age})"
class Puppy(Dog):
    kind = "puppy"
    def __init__(self, name):
        super().__init__(name, age=0)
        self.small = True
a, b = Dog("Rex", 3), Puppy("Bit")
a.add("sit").add("roll")
print(a, b, a.kind, b.kind, b.tricks, Dog.kind, Puppy.__bases__, b.__class__.__name__)
a.kind = "special"
print(a.kind, Dog.kind, vars(a), a.__dict__ is vars(a), sorted(vars(b)))
Dog.legs = 4
print(a.legs, b.legs, Puppy.legs)
del a.kind
print(a.kind, isinstance(b, Dog), isinstance(a, Puppy), issubclass(Puppy, Dog), issubclass(Dog, Dog), isinstance(a, (int, Dog)), type(b) is Puppy, type(b) == Dog, Puppy.__mro__ == (Puppy, Dog, object), Puppy.mro()[1] is Dog, Dog.__subclasses__() == [Puppy])
print(Dog, Puppy.__name__, Dog.__qualname__, repr(Dog.add).split(" at ")[0], Dog.add(a, "x").tricks, callable(Dog))
class Empty: pass
e = Empty()
e.x, e.y = 1, [2]
print(vars(e), hasattr(e, "x"), repr(e).startswith("<__main__.Empty object at 0x"), e == e, e != Empty(), hash(e) == hash(e))
def attempt(f):
    try:
        print(f())
    except Exception as ex:
        print(type(ex).__name__, ex)
attempt(lambda: Dog())
attempt(lambda: Dog(1, 2, 3))
attempt(lambda: Dog(nme=1))
attempt(lambda: Empty(1))
attempt(lambda: Empty(a=1))
attempt(lambda: object(1))
attempt(lambda: a.missing)
attempt(lambda: Dog.missing)
attempt(lambda: a())
attempt(lambda: a + b)
attempt(lambda: a < b)
attempt(lambda: a[0])
attempt(lambda: len(a))
attempt(lambda: iter(a))
attempt(lambda: -a)
attempt(lambda: a @ 1)
attempt(lambda: 1 in a)
attempt(lambda: isinstance(a, 5))
attempt(lambda: isinstance(a, [Dog]))
attempt(lambda: issubclass(a, Dog))
attempt(lambda: issubclass(Dog, 5))
attempt(lambda: delattr(a, "nope"))
attempt(lambda: delattr(Dog, "nope"))
attempt(lambda: exec("with a: pass"))
class BadInit:
    def __init__(self): return 5
attempt(lambda: BadInit())
f = a.add
f("bound")
print(Dog.tricks, f.__self__ is a, a.add == a.add, a.add is a.add, Dog.add is Dog.add)
a.greet = lambda: "instance function"
Dog.meet = lambda self: "class function " + self.name
print(a.greet(), b.meet())
a.__class__ = Puppy
print(a.kind, isinstance(a, Puppy), type(a).__name__)
attempt(lambda: setattr(a, "__class__", int))
attempt(lambda: setattr(a, "__class__", 5))
a.__dict__ = {"name": "new dict", "age": 7}
print(a)
attempt(lambda: setattr(a, "__dict__", 5))
D = type("D", (Dog,), {"kind": "made", "bark": lambda self: self.kind + "!"})
print(D("z").bark(), D.__name__, D.__module__, type(D), D.__mro__[1].__name__)
