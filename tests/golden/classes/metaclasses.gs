# Metaclasses: __new__, __init__, __call__, __prepare__, inheritance, conflicts, operators on classes.

class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **kw):
        print("prepare", name, [b.__name__ for b in bases], kw)
        return {"prepared": True}
    def __new__(mcs, name, bases, ns, **kw):
        print("new", name, sorted(k for k in ns if not k.startswith("__")), kw)
        ns["added"] = name.lower()
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        print("init", name, kw)
        super().__init__(name, bases, ns)
    def __call__(cls, *a, **k):
        print("call", cls.__name__, a, k)
        return super().__call__(*a, **k)
    def __len__(cls): return 7
    def __getitem__(cls, k): return (cls.__name__, k)
    def __iter__(cls): return iter("abc")
    def __contains__(cls, x): return x == 1
    def __repr__(cls): return f"<{cls.__name__}!>"
    def __getattr__(cls, n): return f"meta getattr {n}"
    def __add__(cls, o): return "class add"
    def __eq__(cls, o): return cls is o or o == "me"
    def __hash__(cls): return 5
    def __bool__(cls): return False
    def method(cls): return "meta method " + cls.__name__
    def __instancecheck__(cls, o): return o == 42 or type.__instancecheck__(cls, o)
    def __subclasscheck__(cls, c): return c is int or type.__subclasscheck__(cls, c)
class A(metaclass=Meta, opt=1):
    x = 1
    def __init__(self, v=0): self.v = v
class B(A):
    def __len__(self): return 99
print(A, B, A.added, A.prepared, type(A), type(B).__name__, len(A), A["k"], list(A), 1 in A, 2 in A, A + 1, A == "me", bool(A), A.method(), A.nothing)
b = B(5)
print(b.v, len(b), len(B), isinstance(42, A), isinstance(41, A), issubclass(int, A), issubclass(str, A), {A: 1}[A])
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: b.method())
attempt(lambda: b.nothing)
# --- conflicts and derivation
class M1(type): pass
class M2(type): pass
class M3(M1, M2): pass
class C1(metaclass=M1): pass
class C2(metaclass=M2): pass
def conflict():
    class C3(C1, C2): pass
attempt(conflict)
class C4(C1, C2, metaclass=M3): pass
print(type(C4).__name__)
class M4(M1): pass
class C5(C1, metaclass=type): pass
class C6(C1, metaclass=M4): pass
print(type(C5).__name__, type(C6).__name__)
# --- any callable may be a metaclass
def func_meta(name, bases, ns, **kw): return (name, bases, sorted(k for k in ns if k[0] != "_"), kw)
class NotAClass(int, metaclass=func_meta, k=1):
    y = 2
print(NotAClass)
def bad_kw():
    class X(opt=1): pass
attempt(bad_kw)
def bad_prepare():
    class P(type):
        @classmethod
        def __prepare__(mcs, n, b): return 5
    class X(metaclass=P): pass
attempt(bad_prepare)
# --- registry, singleton
class Registry(type):
    classes = {}
    def __init__(cls, name, bases, ns):
        super().__init__(name, bases, ns)
        if bases: Registry.classes[name] = cls
class Plugin(metaclass=Registry): pass
class Json(Plugin): pass
class Csv(Plugin): pass
print(sorted(Registry.classes))
class Single(type):
    _one = None
    def __call__(cls, *a):
        if cls._one is None:
            cls._one = super().__call__(*a)
        return cls._one
class Config(metaclass=Single):
    def __init__(self, v): self.v = v
print(Config(1) is Config(2), Config(3).v)
class Log(dict):
    def __setitem__(self, k, v):
        if not k.startswith("__"): print("define", k)
        super().__setitem__(k, v)
class LogMeta(type):
    def __prepare__(name, bases): return Log()
    __prepare__ = staticmethod(__prepare__)
class Logged(metaclass=LogMeta):
    a = 1
    def f(self): pass
    a = 2
print(Logged.a)
T = Meta("T", (), {"z": 1})
print(T.z, type(T) is Meta, type(type(T)).__name__, type.__call__(int, "5"), type(5)("6"))
attempt(lambda: type())
attempt(lambda: type(1, 2))
attempt(lambda: type("X", 5, {}))
attempt(lambda: type("X", (), 5))
attempt(lambda: type(5, (), {}))
attempt(lambda: type("a\0b", (), {}))
