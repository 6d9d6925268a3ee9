# isinstance, issubclass, type, callable, id, hash with every kind of argument.

print(isinstance(5, int), isinstance(True, int), isinstance(5, (str, (float, int))), isinstance(5, ()), isinstance(5, object), isinstance(int, type), isinstance(None, type(None)), isinstance(5, int | str), isinstance(len, type(len)), isinstance(lambda: 0, type(print)))
print(issubclass(bool, int), issubclass(int, (str, object)), issubclass(int, int), issubclass(int, bool), issubclass(KeyError, (LookupError,)), issubclass(int, int | None), issubclass(type, object))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: isinstance(5, 5))
attempt(lambda: isinstance(5, (int, 5)))
attempt(lambda: isinstance(5, ("a", int)))
attempt(lambda: isinstance(5))
attempt(lambda: isinstance(5, [int]))
attempt(lambda: issubclass(5, int))
attempt(lambda: issubclass(int, 5))
attempt(lambda: issubclass(int, (5,)))
class Meta(type):
    def __instancecheck__(cls, o): return hasattr(o, "quack")
    def __subclasscheck__(cls, c): return "quack" in vars(c)
class Duck(metaclass=Meta): pass
class Real: quack = 1
print(isinstance(Real(), Duck), isinstance(5, Duck), issubclass(Real, Duck), issubclass(int, Duck), isinstance(Duck(), Duck), isinstance(Real(), (int, Duck)))
class Fake:
    @property
    def __class__(self): return int
print(isinstance(Fake(), int), type(Fake()) is Fake, isinstance(Fake(), Fake), Fake().__class__)
class Raises(type):
    def __instancecheck__(cls, o): raise ValueError("check failed")
class R(metaclass=Raises): pass
attempt(lambda: isinstance(5, R))
print(type(R()) is R, isinstance(R(), R))
print(callable(5), callable(int), callable(lambda: 0), callable([].append), callable(Real), callable(Real()), callable(None), callable(type))
class Call:
    def __call__(self): pass
inst = Real()
inst.__call__ = lambda: 1
print(callable(Call()), callable(inst))
print(type(5), type("s"), type([]), type(None), type(type), type(5) == int, type(5) is not bool, type(1.5).__name__, type(lambda: 0).__name__, type(...), type(print), type(NotImplemented))
a = object()
print(id(a) == id(a), id(None) == id(None), isinstance(id(a), int), hash(5) == 5, hash("a") == hash("a"))
attempt(lambda: id())
attempt(lambda: hash())
attempt(lambda: hash([]))
attempt(lambda: callable())
for t in (int, float, str, bytes, list, tuple, dict, set, frozenset, bool, complex, range, object, bytearray):
    print(t.__name__, t() if t is not range and t is not object else "", end=" ")
print()
