# __init_subclass__, __class_getitem__, __set_name__, __subclasses__, abstract methods by hand.

class Plugin:
    registry = {}
    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        cls.key = key or cls.__name__.lower()
        Plugin.registry[cls.key] = cls
        print("registered", cls.__name__, key)
class Json(Plugin): pass
class Csv(Plugin, key="comma"): pass
class Tsv(Csv, key="tab"): pass
print(sorted(Plugin.registry), Tsv.key, Json.key, [c.__name__ for c in Plugin.__subclasses__()])
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def unknown():
    class X(Plugin, colour=1): pass
attempt(unknown)
def unknown2():
    class X(metaclass=type, colour=1): pass
attempt(unknown2)
class Strict:
    def __init_subclass__(cls):
        for name in ("run", "stop"):
            if name not in cls.__dict__:
                raise TypeError(f"{cls.__name__} lacks {name}")
class Good(Strict):
    def run(self): pass
    def stop(self): pass
def bad():
    class Bad(Strict):
        def run(self): pass
attempt(bad)
class Generic:
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item}]"
class Child(Generic): pass
print(Generic[int], Child["x", 1], Generic[...])
attempt(lambda: Generic()[0])
attempt(lambda: Plugin[0])
print(list[int], dict[str, int], tuple[int, ...], type[int], list[int] == list[int], list[int]([1, 2]), list[int].__origin__, list[int].__args__, isinstance([], list))
attempt(lambda: isinstance([], list[int]))
attempt(lambda: int[str])
print(int | str, int | None, isinstance(5, int | str), isinstance(None, int | None), isinstance(1.5, int | str), (int | str).__args__, int | str == str | int)
class Field:
    def __set_name__(self, owner, name):
        owner.fields = getattr(owner, "fields", ()) + (name,)
class Model:
    a = Field()
    b = Field()
    c = 5
print(Model.fields)
Model.d = Field()
print(Model.fields)
class Order:
    def __init_subclass__(cls, **kw): print("init_subclass sees", cls.fields)
class WithFields(Order):
    x = Field()
class Abstract:
    def area(self): raise NotImplementedError(f"{type(self).__name__} must define area")
    def describe(self): return f"{type(self).__name__} of {self.area()}"
class Square(Abstract):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
print(Square(3).describe())
attempt(lambda: Abstract().describe())
class Shape(Abstract): pass
attempt(lambda: Shape().describe())
