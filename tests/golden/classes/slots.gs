# __slots__: storage without a dict, errors, inheritance, defaults, conflicts.

class P:
    __slots__ = ("x", "y")
    def __init__(self, x, y=0): self.x, self.y = x, y
p = P(1)
p.y += 5
print(p.x, p.y, hasattr(p, "__dict__"), P.__slots__, type(P.x).__name__, repr(P.x))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: setattr(p, "z", 1))
attempt(lambda: p.z)
attempt(lambda: p.__dict__)
attempt(lambda: vars(p))
del p.x
attempt(lambda: p.x)
attempt(lambda: delattr(p, "x"))
p.x = "again"
print(p.x, P.x.__get__(p), P.x.__get__(None, P) is P.x)
P.x.__set__(p, 9)
print(p.x)
attempt(lambda: P.x.__get__(5))
class Q(P):
    __slots__ = ("z",)
class R(P): pass
q, r = Q(1, 2), R(3)
q.z = 7
r.anything = "dict"
print(q.x, q.z, hasattr(q, "__dict__"), r.x, vars(r))
attempt(lambda: setattr(q, "w", 1))
class S:
    __slots__ = "single"
s = S()
s.single = 5
print(s.single)
class WithDict:
    __slots__ = ("a", "__dict__")
w = WithDict()
w.a, w.b = 1, 2
print(w.a, w.b, vars(w))
class Empty: __slots__ = ()
attempt(lambda: setattr(Empty(), "x", 1))
def conflict():
    class X:
        __slots__ = ("v",)
        v = 5
attempt(conflict)
def bad_type():
    class X: __slots__ = (1,)
attempt(bad_type)
def bad_name():
    class X: __slots__ = ("a b",)
attempt(bad_name)
def twice():
    class X(P, type("Y", (), {"__slots__": ("q",)})): pass
attempt(twice)
def int_slots():
    class X(int): __slots__ = ("a",)
attempt(int_slots)
class L(list): __slots__ = ("tag",)
l = L([1, 2])
l.tag = "t"
print(l, l.tag, len(l))
attempt(lambda: setattr(l, "other", 1))
class Priv:
    __slots__ = ("__secret", "_open")
    def __init__(self): self.__secret, self._open = 1, 2
    def get(self): return self.__secret
print(Priv().get(), Priv()._Priv__secret)
class Mixed(P):
    __slots__ = ("x",)
    def __init__(self): self.x = "own"; P.x.__set__(self, "base")
m = Mixed()
print(m.x, P.x.__get__(m))
class DictSlots: __slots__ = {"a": "doc of a", "b": None}
print(DictSlots.a.__doc__, DictSlots.b.__doc__)
class Shadow(P):
    x = 5
print(Shadow.x, hasattr(Shadow, "y"))
class V:
    __slots__ = ("n",)
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
    def __hash__(self): return hash(self.n)
    def __repr__(self): return f"V({self.n})"
print(sorted([V(3), V(1)]), V(1) == V(1), {V(2): "x"}[V(2)], [V(i) for i in range(3)])
