# classmethod and staticmethod: calls, inheritance, alternative constructors, wrapping, descriptors.

class Date:
    def __init__(self, y, m, d): self.y, self.m, self.d = y, m, d
    @classmethod
    def parse(cls, text):
        return cls(*map(int, text.split("-")))
    @staticmethod
    def leap(y): return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    def __repr__(self): return f"{type(self).__name__}({self.y}-{self.m:02}-{self.d:02})"
class Sub(Date): pass
print(Date.parse("2024-01-31"), Sub.parse("2024-02-01"), Date(1, 1, 1).parse("3-4-5"), Date.leap(2000), Date.leap(1900), Date(1, 1, 1).leap(2024))
print(Date.parse.__self__ is Date, Sub.parse.__self__ is Sub, Date.parse.__func__ is Sub.parse.__func__, type(Date.parse).__name__, type(Date.leap).__name__, Date.parse.__name__, Date.leap.__qualname__)
class A:
    n = 0
    @classmethod
    def inc(cls):
        cls.n += 1
        return cls.n
class B(A): pass
print(A.inc(), A.inc(), B.inc(), A.n, B.n, "n" in vars(B))
class Wrap:
    def plain(self): return "plain"
    cm = classmethod(plain)
    sm = staticmethod(plain)
    nested = staticmethod(staticmethod(lambda: "twice"))
    builtin = staticmethod(len)
    cls_builtin = classmethod(isinstance)
print(Wrap.cm(), Wrap.sm(None), Wrap.nested(), Wrap.builtin("abc"), Wrap().cm(), Wrap.cls_builtin(type), Wrap().builtin([1]))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: Wrap.sm())
attempt(lambda: Date.parse())
attempt(lambda: Date.leap())
attempt(lambda: classmethod())
attempt(lambda: classmethod(5).__get__(1)())
attempt(lambda: staticmethod(5).__get__(1)())
print(staticmethod(len)([1, 2]), type(classmethod(len)).__name__)
class Super(Date):
    @classmethod
    def parse(cls, text):
        r = super().parse(text.replace("/", "-"))
        r.note = "from Super"
        return r
    @staticmethod
    def leap(y): return not Date.leap(y)
print(Super.parse("1/2/3"), Super.parse("1/2/3").note, Super.leap(2000))
f = Super.parse
print(f("9-9-9"), list(map(Date.parse, ["1-1-1", "2-2-2"])), sorted([3, 4, 8, 100], key=Date.leap))
class Meta(type):
    @classmethod
    def on_meta(mcs): return mcs.__name__
    @staticmethod
    def st(): return "meta static"
class K(metaclass=Meta): pass
print(K.on_meta(), K.st())
attempt(lambda: K().on_meta())
class Count:
    instances = []
    def __init__(self): type(self).instances.append(self)
    @classmethod
    def total(cls): return len(cls.instances)
Count(); Count()
print(Count.total(), Count().total())
class Prop:
    @classmethod
    @property
    def name(cls): return cls.__name__.lower()
print(Prop.name, Prop().name)
