# Binary operators: reflected methods, subclass priority, NotImplemented, unsupported operand messages.

import math
OPS = [("+", "add"), ("-", "sub"), ("*", "mul"), ("/", "truediv"), ("//", "floordiv"), ("%", "mod"), ("**", "pow"), ("@", "matmul"), ("<<", "lshift"), (">>", "rshift"), ("&", "and"), ("|", "or"), ("^", "xor")]
class L:
    def __repr__(self): return "L"
class R:
    def __repr__(self): return "R"
class Neither: pass
for sym, name in OPS:
    setattr(L, f"__{name}__", lambda self, o, sym=sym: f"L{sym}{o!r}")
    setattr(R, f"__r{name}__", lambda self, o, sym=sym: f"{o!r}{sym}R")
    setattr(R, f"__i{name}__", lambda self, o, sym=sym: f"R{sym}={o!r}")
def attempt(src, **ns):
    try:
        print(src, "=", eval(src, ns))
    except TypeError as e:
        print(src, "->", e)
for sym, name in OPS:
    attempt(f"l {sym} 1", l=L())
    attempt(f"1 {sym} r", r=R())
    attempt(f"l {sym} r", l=L(), r=R())
    attempt(f"r {sym} 1", r=R())
    attempt(f"n {sym} n", n=Neither())
    attempt(f"1 {sym} n", n=Neither())
    ns = {"x": R()}
    exec(f"x {sym}= 5", ns)
    print(ns["x"])
    ns = {"x": L()}
    exec(f"x {sym}= 5", ns)
    print(ns["x"])
    try:
        exec(f"x {sym}= 5", {"x": Neither()})
    except TypeError as e:
        print(e)
attempt("divmod(n, 1)", n=Neither())
attempt("pow(n, 1, 2)", n=Neither())
# --- a subclass on the right comes first if it overrides the reflected method
class Base:
    def __add__(self, o): return "Base add"
    def __radd__(self, o): return "Base radd"
class Over(Base):
    def __radd__(self, o): return "Over radd"
class Same(Base): pass
class Unrelated:
    def __radd__(self, o): return "Unrelated radd"
print(Base() + Over(), Base() + Same(), Over() + Base(), Base() + Unrelated(), Over() + Over())
class MyInt(int):
    def __radd__(self, o): return f"radd {o}"
    def __add__(self, o): return f"add {o}"
    def __rsub__(self, o): return NotImplemented
print(1 + MyInt(2), MyInt(2) + 1, MyInt(1) + MyInt(2), 5 - MyInt(2), sum([MyInt(3)]), MyInt(3) * 2)
# --- NotImplemented
class N:
    def __repr__(self): return "N"
    def __add__(self, o):
        print("N add", end=" ")
        return NotImplemented
    def __radd__(self, o):
        print("N radd", end=" ")
        return NotImplemented
    def __iadd__(self, o):
        print("N iadd", end=" ")
        return NotImplemented
attempt("n + 1", n=N())
attempt("1 + n", n=N())
attempt("n + n", n=N())
attempt("n + m", n=N(), m=R())
try:
    n = N()
    n += 1
except TypeError as e:
    print(e)
class Vec:
    def __init__(self, *c): self.c = c
    def __repr__(self): return f"Vec{self.c}"
    def __add__(self, o): return Vec(*(a + b for a, b in zip(self.c, o.c))) if isinstance(o, Vec) else NotImplemented
    def __mul__(self, k): return Vec(*(a * k for a in self.c)) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __matmul__(self, o): return sum(a * b for a, b in zip(self.c, o.c))
    def __neg__(self): return self * -1
    def __sub__(self, o): return self + -o
    def __abs__(self): return math.sqrt(self @ self)
    def __bool__(self): return any(self.c)
    def __radd__(self, o): return self if o == 0 else NotImplemented
v, w = Vec(3, 4), Vec(1, 2)
print(v + w, v - w, v * 2, 2 * v, v @ w, -v, abs(v), bool(v), bool(Vec(0)), sum([v, w]), sum([v, w], Vec(1, 1)))
attempt("v + 1", v=v)
attempt("'a' * v", v=v)
attempt("v * v", v=v)
attempt("1 + v", v=v)
attempt("2 ** v", v=v)
