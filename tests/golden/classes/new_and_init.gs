# __new__ and __init__: who is called when, arguments, other types returned, immutable bases.

class A:
    def __new__(cls, *a, **k):
        print("new", cls.__name__, a, k)
        return super().__new__(cls)
    def __init__(self, *a, **k):
        print("init", a, k)
A(1, x=2)
class B:
    def __new__(cls, kind):
        if kind == "int": return 5
        if kind == "sub": return object.__new__(BSub)
        return object.__new__(cls)
    def __init__(self, kind): print("B init", kind)
class BSub(B): pass
print(B("int"), type(B("sub")).__name__, type(B("own")).__name__)
class Cached:
    pool = {}
    def __new__(cls, n):
        if n not in cls.pool:
            cls.pool[n] = super().__new__(cls)
        return cls.pool[n]
    def __init__(self, n): self.n = n; self.inits = getattr(self, "inits", 0) + 1
print(Cached(1) is Cached(1), Cached(1).inits, Cached(2).inits)
class Even(int):
    def __new__(cls, n): return super().__new__(cls, n // 2 * 2)
class Upper(str):
    def __new__(cls, s, suffix=""): return super().__new__(cls, s.upper() + suffix)
    def __init__(self, s, suffix=""): self.original = s
class Pair(tuple):
    __slots__ = ()
    def __new__(cls, a, b): return tuple.__new__(cls, (a, b))
    a = property(lambda self: self[0])
print(Even(7), Even(7) + 1, type(Even(7) + 1).__name__, Upper("abc", "!"), Upper("abc").original, Pair(1, 2), Pair(1, 2).a, Pair(1, 2) == (1, 2))
class F(float):
    def __new__(cls, x): return float.__new__(cls, x * 2)
class FS(frozenset):
    def __new__(cls, *items): return frozenset.__new__(cls, items)
class By(bytes):
    def __new__(cls, s): return bytes.__new__(cls, s.encode())
print(F(1.5), FS(1, 2) == {1, 2}, By("é"))
class L(list):
    def __init__(self, *items): super().__init__(items)
class D(dict):
    def __init__(self, **kw): super().__init__(kw, extra=1)
print(L(1, 2, 3), D(a=5))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class NoArgs: pass
attempt(lambda: NoArgs(1))
attempt(lambda: NoArgs.__new__(NoArgs, 1))
attempt(lambda: object.__new__(NoArgs, 1))
attempt(lambda: object.__new__(int))
attempt(lambda: object.__new__(5))
attempt(lambda: object.__new__())
attempt(lambda: int.__new__(str))
attempt(lambda: int.__new__(A, 5))
attempt(lambda: object.__init__(NoArgs(), 1))
class NewOnly:
    def __new__(cls, x): return object.__new__(cls)
attempt(lambda: type(NewOnly(1)).__name__)
attempt(lambda: NewOnly())
class InitOnly:
    def __init__(self, x): pass
attempt(lambda: type(InitOnly(1)).__name__)
attempt(lambda: InitOnly())
class Both:
    def __new__(cls, *a): return object.__new__(cls, *a)
    def __init__(self, *a): object.__init__(self, *a)
attempt(lambda: Both(1))
class InitRet:
    def __init__(self): return "x"
attempt(lambda: InitRet())
class NewNone:
    def __new__(cls): return None
    def __init__(self): print("not called")
print(NewNone())
class Counted:
    n = 0
    def __init__(self): Counted.n += 1; self.id = Counted.n
    @classmethod
    def make(cls, k): return [cls() for _ in range(k)]
    @classmethod
    def default(cls, **kw):
        self = cls.__new__(cls)
        self.__dict__.update(kw)
        return self
print([c.id for c in Counted.make(3)], vars(Counted.default(z=1)), Counted.n)
a = Counted()
a.__init__()
print(a.id)
