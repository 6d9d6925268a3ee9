# Method resolution order: diamonds, C3, cooperative super, conflicts.

class A:
    def who(self): return "A"
    def chain(self): return ["A"]
class B(A):
    def who(self): return "B" + super().who()
    def chain(self): return ["B"] + super().chain()
class C(A):
    def who(self): return "C" + super().who()
    def chain(self): return ["C"] + super().chain()
class D(B, C):
    def who(self): return "D" + super().who()
    def chain(self): return ["D"] + super().chain()
print([c.__name__ for c in D.__mro__], D().who(), D().chain(), B().who(), super(B, D()).who(), super(C, D()).who(), super(D, D).chain(D()))
class X(object): pass
class Y(object): pass
class XY(X, Y): pass
class YX(Y, X): pass
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: type("Z", (XY, YX), {}))
attempt(lambda: type("Z", (object, A), {}))
attempt(lambda: type("Z", (A, A), {}))
attempt(lambda: type("Z", (A, B), {}))
attempt(lambda: type("Z", (5,), {}))
attempt(lambda: type("Z", (int, str), {}))
attempt(lambda: type("Z", (None,), {}))
attempt(lambda: type("Z", (lambda: 0,), {}))
# --- the example of the C3 paper
O = object
class F(O): pass
class E(O): pass
class D2(O): pass
class C2(D2, F): pass
class B2(D2, E): pass
class A2(B2, C2): pass
print([c.__name__ for c in A2.mro()])
class B3(E, D2): pass
class A3(B3, C2): pass
print([c.__name__ for c in A3.mro()])
# --- mixins with cooperating constructors
class Base:
    def __init__(self, **kw):
        print("Base", kw)
class Named(Base):
    def __init__(self, name="?", **kw):
        print("Named")
        super().__init__(**kw)
        self.name = name
class Aged(Base):
    def __init__(self, age=0, **kw):
        print("Aged")
        super().__init__(**kw)
        self.age = age
class Person(Named, Aged):
    def __init__(self, **kw):
        print("Person")
        super().__init__(**kw)
p = Person(name="Ada", age=36, extra=1)
print(p.name, p.age)
# --- changing a class changes its subclasses, changing bases changes the order
A.added = "later"
print(D.added, D().added)
del A.who
attempt(lambda: D().who())
class P: v = "P"
class Q: v = "Q"
class R(P): pass
r = R()
print(r.v)
R.__bases__ = (Q,)
print(r.v, [c.__name__ for c in R.__mro__])
attempt(lambda: setattr(R, "__bases__", ()))
attempt(lambda: setattr(R, "__bases__", (R,)))
class IntLike(int, A): pass
print(IntLike(5) + 1, IntLike(5).chain(), [c.__name__ for c in IntLike.__mro__])
class L(list):
    def append(self, x):
        super().append(x)
        super(L, self).append(x)
        return self
print(L().append(1), L.__base__, D.__base__.__name__, object.__base__, object.__bases__, type.__mro__)
