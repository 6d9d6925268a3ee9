# Parameters: defaults, keyword-only, positional-only, stars; every kind of wrong call.

def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(c=1, a=2), f(*[1, 2, 3], **{"c": 4, "z": 5}))
def p(a, b, /, c, *, d=0):
    return a, b, c, d
print(p(1, 2, 3), p(1, 2, c=3, d=4))
def po(a, /, **kw):
    return a, kw
print(po(1, a=2))
def kwonly(*, x, y=1):
    return x, y
print(kwonly(x=3))

def attempt(label, fn):
    try:
        print(label, fn())
    except TypeError as e:
        print(label, "->", e)
attempt("f()", lambda: f())
attempt("f(1)", lambda: f(1))
attempt("f(1, a=2, c=3)", lambda: f(1, a=2, c=3))
attempt("p(1)", lambda: p(1))
attempt("p()", lambda: p())
attempt("p(1, 2, 3, 4)", lambda: p(1, 2, 3, 4))
attempt("p(a=1, b=2, c=3)", lambda: p(a=1, b=2, c=3))
attempt("p(1, 2, 3, e=5)", lambda: p(1, 2, 3, e=5))
attempt("kwonly()", lambda: kwonly())
attempt("kwonly(1)", lambda: kwonly(1))
attempt("kwonly(x=1, z=2)", lambda: kwonly(x=1, z=2))
def none(): pass
def one(a): pass
def two(a, b): pass
def three(a, b, c): pass
def opt(a, b=1): pass
def kw2(*, a, b): pass
attempt("none(1)", lambda: none(1))
attempt("none(1, 2)", lambda: none(1, 2))
attempt("none(a=1)", lambda: none(a=1))
attempt("one()", lambda: one())
attempt("one(1, 2)", lambda: one(1, 2))
attempt("two()", lambda: two())
attempt("two(1)", lambda: two(1))
attempt("three()", lambda: three())
attempt("three(b=1)", lambda: three(b=1))
attempt("opt()", lambda: opt())
attempt("opt(1, 2, 3)", lambda: opt(1, 2, 3))
attempt("kw2()", lambda: kw2())
attempt("kw2(a=1)", lambda: kw2(a=1))
attempt("kw2(1, a=1, b=2)", lambda: kw2(1, a=1, b=2))
attempt("two(1, 2, b=3)", lambda: two(1, 2, b=3))
attempt("method", lambda: "".join())
class C:
    def m(self, x): return x
    @classmethod
    def k(cls, x): return x
    @staticmethod
    def s(x): return x
attempt("C().m()", lambda: C().m())
attempt("C().m(1, 2)", lambda: C().m(1, 2))
attempt("C.m(1)", lambda: C.m(1))
attempt("C.k()", lambda: C.k())
attempt("C.s()", lambda: C.s())
attempt("C(1)", lambda: C(1))
attempt("lambda", lambda: (lambda x: x)())
five, nothing = 5, None
attempt("5()", lambda: five())
attempt("None()", lambda: nothing())
attempt("C()()", lambda: C()())

# --- defaults are evaluated once, at the definition
def acc(x, seen=[]):
    seen.append(x)
    return seen
acc(1)
print(acc(2), acc.__defaults__)
def v(s):
    print("default", s)
    return s
def d(a=v(1), *, b=v(2)): return a, b
print(d(), d.__defaults__, d.__kwdefaults__)
d.__defaults__ = (10,)
d.__kwdefaults__ = {"b": 20}
print(d())
n = 5
def late(x=n): return x
n = 6
print(late())

# --- what the caller passes is not changed by **kw
orig = {"k": 1}
def change(**kw):
    kw["k"] = 2
change(**orig)
print(orig)
def args_type(*a, **k): return type(a).__name__, type(k).__name__
print(args_type(*[1]))
