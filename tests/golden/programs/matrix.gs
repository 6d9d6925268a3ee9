# Matrices: operators, determinant, inverse with fractions by hand, identity checks.

class Frac:
    __slots__ = ("n", "d")
    def __init__(self, n, d=1):
        if d == 0: raise ZeroDivisionError("Frac with zero denominator")
        if d < 0: n, d = -n, -d
        g, b = abs(n), d
        while b: g, b = b, g % b
        self.n, self.d = n // (g or 1), d // (g or 1)
    @staticmethod
    def of(x): return x if isinstance(x, Frac) else Frac(x)
    def __add__(self, o): o = Frac.of(o); return Frac(self.n * o.d + o.n * self.d, self.d * o.d)
    __radd__ = __add__
    def __neg__(self): return Frac(-self.n, self.d)
    def __sub__(self, o): return self + -Frac.of(o)
    def __mul__(self, o): o = Frac.of(o); return Frac(self.n * o.n, self.d * o.d)
    __rmul__ = __mul__
    def __truediv__(self, o): o = Frac.of(o); return Frac(self.n * o.d, self.d * o.n)
    def __eq__(self, o): o = Frac.of(o); return (self.n, self.d) == (o.n, o.d)
    def __lt__(self, o): o = Frac.of(o); return self.n * o.d < o.n * self.d
    def __hash__(self): return hash((self.n, self.d))
    def __bool__(self): return self.n != 0
    def __repr__(self): return str(self.n) if self.d == 1 else f"{self.n}/{self.d}"

class Matrix:
    def __init__(self, rows):
        self.rows = [[Frac.of(x) for x in r] for r in rows]
        if len({len(r) for r in self.rows}) > 1: raise ValueError("ragged rows")
    @classmethod
    def identity(cls, n): return cls([[int(i == j) for j in range(n)] for i in range(n)])
    @property
    def shape(self): return len(self.rows), len(self.rows[0])
    @property
    def T(self): return Matrix(zip(*self.rows))
    def __matmul__(self, o):
        if self.shape[1] != o.shape[0]: raise ValueError(f"{self.shape} @ {o.shape}")
        cols = list(zip(*o.rows))
        return Matrix([[sum((a * b for a, b in zip(r, c)), Frac(0)) for c in cols] for r in self.rows])
    def __mul__(self, k): return Matrix([[x * k for x in r] for r in self.rows])
    __rmul__ = __mul__
    def __add__(self, o): return Matrix([[a + b for a, b in zip(r, s)] for r, s in zip(self.rows, o.rows)])
    def __sub__(self, o): return self + -1 * o
    def __pow__(self, n):
        if n < 0: return self.inverse() ** -n
        result, base = Matrix.identity(self.shape[0]), self
        while n:
            if n & 1: result = result @ base
            base, n = base @ base, n >> 1
        return result
    def __eq__(self, o): return self.rows == o.rows
    def __getitem__(self, ij): return self.rows[ij[0]][ij[1]]
    def det(self):
        m = [r[:] for r in self.rows]
        d, n = Frac(1), len(m)
        for c in range(n):
            p = next((r for r in range(c, n) if m[r][c]), None)
            if p is None: return Frac(0)
            if p != c:
                m[c], m[p] = m[p], m[c]
                d = -d
            d = d * m[c][c]
            for r in range(c + 1, n):
                f = m[r][c] / m[c][c]
                m[r] = [a - f * b for a, b in zip(m[r], m[c])]
        return d
    def inverse(self):
        n = len(self.rows)
        m = [r + i for r, i in zip(self.rows, Matrix.identity(n).rows)]
        for c in range(n):
            p = next((r for r in range(c, n) if m[r][c]), None)
            if p is None: raise ZeroDivisionError("matrix is singular")
            m[c], m[p] = m[p], m[c]
            m[c] = [x / m[c][c] for x in m[c]]
            for r in range(n):
                if r != c:
                    f = m[r][c]
                    m[r] = [a - f * b for a, b in zip(m[r], m[c])]
        return Matrix([r[n:] for r in m])
    def __repr__(self): return "[" + "; ".join(" ".join(map(str, r)) for r in self.rows) + "]"

a = Matrix([[2, 1, 0], [1, 3, -1], [0, 5, 4]])
b = Matrix([[1, 2], [3, 4], [5, 6]])
print(a, a.T, a @ b, a.det(), a.inverse(), a @ a.inverse() == Matrix.identity(3), sep="\n")
print(a ** 3, a ** 0, a ** -1 == a.inverse(), 2 * a - a == a, b.shape, b.T.shape, a[1, 2])
fib = Matrix([[1, 1], [1, 0]]) ** 90
print(fib[0, 1])
for f in (lambda: Matrix([[1, 2], [2, 4]]).inverse(), lambda: b @ b, lambda: Matrix([[1], [1, 2]]), lambda: Frac(1, 0), lambda: a[5, 5]):
    try:
        print(f())
    except (ZeroDivisionError, ValueError, IndexError) as e:
        print(type(e).__name__, e)
hilbert = Matrix([[Frac(1, i + j + 1) for j in range(5)] for i in range(5)])
print(hilbert.det(), hilbert.inverse().rows[0], sorted([Frac(1, 2), Frac(1, 3), Frac(-1)]), sum([Frac(1, k) for k in range(1, 11)]))
