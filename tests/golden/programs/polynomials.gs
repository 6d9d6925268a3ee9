# Polynomials with operators, evaluation, derivation, division, roots by Newton, text in and out.

import re
class Poly:
    def __init__(self, *coefs):
        c = list(coefs)
        while c and c[-1] == 0: c.pop()
        self.c = tuple(c)
    @classmethod
    def parse(cls, text):
        terms = {}
        for sign, coef, x, power in re.findall(r"([+-]?)\s*(\d*\.?\d*)\s*(x?)(?:\^(\d+))?", text.replace(" ", "")):
            if not coef and not x: continue
            k = int(power) if power else 1 if x else 0
            v = float(coef) if "." in coef else int(coef or 1)
            terms[k] = terms.get(k, 0) + (-v if sign == "-" else v)
        return cls(*(terms.get(k, 0) for k in range(max(terms, default=-1) + 1)))
    @property
    def degree(self): return len(self.c) - 1
    def __call__(self, x):
        r = 0
        for a in reversed(self.c): r = r * x + a
        return r
    def __add__(self, o):
        o = o if isinstance(o, Poly) else Poly(o)
        n = max(len(self.c), len(o.c))
        return Poly(*((self.c[i] if i < len(self.c) else 0) + (o.c[i] if i < len(o.c) else 0) for i in range(n)))
    __radd__ = __add__
    def __neg__(self): return Poly(*(-a for a in self.c))
    def __sub__(self, o): return self + -o
    def __rsub__(self, o): return -self + o
    def __mul__(self, o):
        o = o if isinstance(o, Poly) else Poly(o)
        r = [0] * (len(self.c) + len(o.c))
        for i, a in enumerate(self.c):
            for j, b in enumerate(o.c): r[i + j] += a * b
        return Poly(*r)
    __rmul__ = __mul__
    def __pow__(self, n):
        r = Poly(1)
        for _ in range(n): r *= self
        return r
    def __divmod__(self, o):
        if not o.c: raise ZeroDivisionError("division by the zero polynomial")
        q, r = Poly(), self
        while r.c and r.degree >= o.degree:
            f = r.c[-1] / o.c[-1]
            f = int(f) if f == int(f) else f
            t = Poly(*([0] * (r.degree - o.degree) + [f]))
            q, r = q + t, r - t * o
        return q, r
    def __floordiv__(self, o): return divmod(self, o)[0]
    def __mod__(self, o): return divmod(self, o)[1]
    def __eq__(self, o): return self.c == (o.c if isinstance(o, Poly) else Poly(o).c)
    def __hash__(self): return hash(self.c)
    def __bool__(self): return bool(self.c)
    def __getitem__(self, i): return self.c[i] if i < len(self.c) else 0
    def derivative(self): return Poly(*[i * a for i, a in enumerate(self.c)][1:])
    def root(self, x=1.0):
        d = self.derivative()
        for _ in range(50):
            step = self(x) / d(x)
            x -= step
            if abs(step) < 1e-12: return x
        raise ArithmeticError("no convergence")
    def __str__(self):
        out = ""
        for i in range(self.degree, -1, -1):
            a = self.c[i]
            if a == 0: continue
            body = "" if abs(a) == 1 and i else f"{abs(a):g}"
            out += (" - " if a < 0 else " + ") + body + ("" if i == 0 else "x" if i == 1 else f"x^{i}")
        return (out[3:] if out.startswith(" + ") else "-" + out[3:]) or "0"
    def __repr__(self): return f"Poly{self.c}"
p, q = Poly(-6, 11, -6, 1), Poly(-1, 1)
print(p, q, p + q, p - q, p * q, q ** 3, p // q, p % q, p(2), p(0.5), p.derivative(), -p, 3 * q + 1, 1 - q, sep="; ")
print(Poly.parse("3x^2 - x + 5"), Poly.parse("-x^3+2.5x"), Poly.parse(str(p)) == p, Poly(), Poly(0, 0), bool(Poly()), p[1], p[9], hash(p) == hash(Poly.parse(str(p))), repr(q))
print(round(Poly(-2, 0, 1).root(), 10), round(p.root(5.0), 10), divmod(Poly(1, 0, 0, 1), Poly(1, 1)), {Poly(1): "one"}[Poly(1, 0)])
for f in (lambda: divmod(p, Poly()), lambda: Poly(1, 0, 1).root(0.0), lambda: p + "x"):
    try: print(f())
    except (ArithmeticError, TypeError) as e: print(type(e).__name__, e)
cheb = [Poly(1), Poly(0, 1)]
while len(cheb) < 6: cheb.append(2 * Poly(0, 1) * cheb[-1] - cheb[-2])
print(*cheb, sep="; ")
