# super: with and without arguments, in class and static methods, properties, nested functions, attributes, errors.

class A:
    x = "A.x"
    def f(self): return "A.f"
    @classmethod
    def c(cls): return "A.c of " + cls.__name__
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
    def __getitem__(self, k): return ("A", k)
    def __len__(self): return 1
    def __init_subclass__(cls, **kw): print("init_subclass", cls.__name__, kw)
class B(A, tag=1):
    x = "B.x"
    def f(self): return "B then " + super().f()
    @classmethod
    def c(cls): return "B then " + super().c()
    @staticmethod
    def s(): return "B then " + super(B, B).s()
    @property
    def p(self): return "B then " + super().p
    def __getitem__(self, k): return ("B",) + super().__getitem__(k)
    def __len__(self): return super().__len__() + 1
    def attr(self): return super().x
    def nested(self):
        def inner(): return super(B, self).f()
        return inner()
    def in_lambda(self): return (lambda: super().f())
    def in_comp(self): return [super(B, self).f() for _ in range(1)]
    def classcell(self): return __class__.__name__
    def bound(self): return super
b = B()
print(b.f(), B.c(), b.c(), B.s(), b.p, b["k"], len(b), b.attr(), b.nested(), b.in_comp(), b.classcell())
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(b.in_lambda())
class C(B):
    def f(self): return "C then " + super().f()
    def skip(self): return super(B, self).f()
    def miss(self): return super().nothing
    def set(self):
        super().new = 5
    def args(self, *a): return super().f()
    def rebound(self):
        self = B()
        return super().f()
c = C()
print(c.f(), c.skip(), C.c(), c.args(1, 2), c.classcell())
attempt(c.miss)
attempt(c.set)
attempt(c.rebound)
def outside(self): return super().f()
attempt(lambda: outside(b))
def noargs(): return super()
attempt(noargs)
C.later = outside
attempt(lambda: c.later())
attempt(lambda: super(5, b))
attempt(lambda: super(C, b))
attempt(lambda: super(C, 5))
attempt(lambda: super(B, c)[1])
s = super(B, c)
print(s.__thisclass__.__name__, s.__self_class__.__name__, s.__self__ is c, s.f(), s.x, repr(s).split(" at ")[0], type(s).__name__)
u = super(B)
print(u.__self__, hasattr(u, "f"), u.__get__(c).f())
class D(B):
    def delete_first(self):
        del self
        try:
            super().f()
        except RuntimeError as e:
            return str(e)
    def gen(self):
        yield super().f()
        yield from (x for x in [super().x])
print(D().delete_first(), list(D().gen()))
class Meta(type):
    def __call__(cls, *a):
        print("creating", cls.__name__)
        return super().__call__(*a)
class M(metaclass=Meta):
    def __new__(cls, *a):
        print("new", a)
        return super().__new__(cls)
    def __init__(self, *a): super().__init__(); self.a = a
    def __setattr__(self, k, v):
        print("set", k)
        super().__setattr__(k, v)
print(M(1, 2).a)
