# Descriptors: data and non-data, __set_name__, precedence, on classes and metaclasses, __delete__.

class Data:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name
    def __get__(self, obj, cls=None):
        return f"data get {self.name} {obj is not None} {cls.__name__}"
    def __set__(self, obj, value): print("data set", self.name, value)
    def __delete__(self, obj): print("data del", self.name)
class NonData:
    def __get__(self, obj, cls=None): return f"nondata get {type(obj).__name__}"
class SetOnly:
    def __set__(self, obj, value): obj.__dict__["so"] = value * 2
class C:
    d = Data()
    n = NonData()
    so = SetOnly()
c = C()
print(c.d, C.d)
c.d = 5
del c.d
c.__dict__["d"] = "in dict"
print(c.d, c.n)
c.n = "shadowed"
print(c.n, C.n)
del c.n
print(c.n)
print(type(c.so).__name__)
c.so = 4
print(c.so)
C.d = "plain now"
print(c.d, C.d)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: delattr(c, "so"))
class RO:
    def __get__(self, o, c=None): return 1
    def __set__(self, o, v): raise AttributeError("read-only!")
class D: r = RO()
attempt(lambda: setattr(D(), "r", 5))
attempt(lambda: delattr(D(), "r"))
# --- validation
class Typed:
    def __init__(self, t, default=None): self.t, self.default = t, default
    def __set_name__(self, owner, name): self.key = "_" + name; self.name = name
    def __get__(self, o, cls):
        return self if o is None else getattr(o, self.key, self.default)
    def __set__(self, o, v):
        if not isinstance(v, self.t):
            raise TypeError(f"{self.name} must be {self.t.__name__}, not {type(v).__name__}")
        setattr(o, self.key, v)
class Person:
    name = Typed(str, "nobody")
    age = Typed(int)
    def __init__(self, **kw):
        for k, v in kw.items(): setattr(self, k, v)
p = Person(name="Ada", age=36)
print(p.name, p.age, Person().name, Person().age, vars(p))
attempt(lambda: Person(age="x"))
attempt(lambda: Person(name=5))
# --- functions are descriptors
def f(self, x): return (self, x)
bound = f.__get__("obj")
print(bound(1), f.__get__("o", str)(2), type(bound).__name__)
print(len.__get__ if hasattr(len, "__get__") else "built-in functions do not bind")
class B:
    l = len
    m = f
    p = print
    i = int
    cm = classmethod(lambda cls, *a: (cls.__name__, a))
    sm = staticmethod(lambda *a: a)
print(B().l([1, 2]), B().m(3)[1], B().i("5"), B().cm(1), B.cm(2), B().sm(1), B.sm(2))
print(B.__dict__["cm"].__func__.__name__, B.__dict__["sm"].__func__.__name__, type(B.__dict__["cm"]).__name__, B.__dict__["sm"](7))
# --- __get__ that raises, __set_name__ that raises
class Angry:
    def __get__(self, o, c=None): raise AttributeError("angry")
class E:
    a = Angry()
    def __getattr__(self, n): return "fallback " + n
print(E().a)
attempt(lambda: E.a)
class BadName:
    def __set_name__(self, o, n): raise ValueError("no name")
def make():
    class F:
        x = BadName()
attempt(make)
# --- looked up on the type only
class G: pass
g = G()
g.attr = NonData()
print(type(g.attr).__name__)
g.__class__.late = Data()
print("late" in vars(G))
attempt(lambda: g.late)
class Counter:
    def __init__(self): self.n = {}
    def __get__(self, o, c):
        self.n[id(o)] = self.n.get(id(o), 0) + 1
        return self.n[id(o)]
class H: hits = Counter()
h = H()
h.hits, h.hits
print(h.hits, H().hits)
