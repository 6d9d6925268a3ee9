# Rich comparison: reflection, NotImplemented, defaults, total orders by hand, sorting with them.

class C:
    def __init__(self, n): self.n = n
    def _c(self, o, op):
        print(f"{self.n}{op}{getattr(o, 'n', o)}", end=" ")
        return NotImplemented
    def __lt__(self, o): return self._c(o, "<")
    def __le__(self, o): return self._c(o, "<=")
    def __gt__(self, o): return self._c(o, ">")
    def __ge__(self, o): return self._c(o, ">=")
    def __eq__(self, o): return self._c(o, "==")
    def __ne__(self, o): return self._c(o, "!=")
a, b = C(1), C(2)
def attempt(src):
    try:
        print(src, eval(src))
    except TypeError as e:
        print(src, "->", e)
for op in ("<", "<=", ">", ">=", "==", "!="):
    attempt(f"a {op} b")
    attempt(f"a {op} 5")
    attempt(f"5 {op} a")
    attempt(f"a {op} a")
class Sub(C):
    def __lt__(self, o): return "sub lt"
    def __gt__(self, o): return "sub gt"
    def __eq__(self, o): return "sub eq"
s = Sub(3)
print(a < s, s < a, a == s, s == a)
attempt("hash(s)")
class Ver:
    def __init__(self, s): self.p = tuple(map(int, s.split(".")))
    def __eq__(self, o): return self.p == o.p if isinstance(o, Ver) else NotImplemented
    def __lt__(self, o): return self.p < o.p if isinstance(o, Ver) else NotImplemented
    def __le__(self, o): return self == o or self < o
    def __hash__(self): return hash(self.p)
    def __repr__(self): return ".".join(map(str, self.p))
v1, v2 = Ver("1.9"), Ver("1.10")
print(v1 < v2, v1 > v2, v1 <= v2, v1 >= v2, v1 == Ver("1.9"), v1 != v2, sorted([v2, v1, Ver("0.5")]), max(v1, v2), {v1, Ver("1.9")}, v1 == 5, v1 != 5)
attempt("Ver('1') < 5")
attempt("5 > Ver('1')")
attempt("Ver('1') >= 'x'")
class EqOnly:
    def __eq__(self, o): return True
e = EqOnly()
print(e == 1, e != 1, e == e, not e == 2)
attempt("hash(EqOnly())")
attempt("e < 1")
class Weird:
    def __eq__(self, o): return []
    def __lt__(self, o): return "yes"
    __hash__ = None
w = Weird()
print(w == 1, w < 1, 1 > w, w != 1, w in [1], [w] == [1], "taken" if w < 1 else "not", sorted([w, w]) == [w, w])
class Err:
    def __eq__(self, o): raise ValueError("no comparing")
    __hash__ = object.__hash__
x = Err()
for f in (lambda: x == 1, lambda: x != 1, lambda: 1 == x, lambda: x in [x], lambda: x in [1], lambda: [x] == [x], lambda: [1] == [x], lambda: [1].index(x), lambda: (1, x) < (1, x), lambda: {x: 1} == {x: 1}):
    try:
        print(f())
    except ValueError as ex:
        print(ex)
print((1, 2) < (1, 3), [1] == (1,), object() == 5, None == None, not (None != None), int == int, 1 .__eq__("a"), (1).__lt__(2.5), "a".__lt__(1), object().__eq__(1), object().__lt__(1))
