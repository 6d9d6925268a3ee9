# A Duration class with the whole set of operators that users expect.

class Duration:
    __slots__ = ("s",)
    UNITS = {"h": 3600, "m": 60, "s": 1}
    def __init__(self, s=0): self.s = s
    @classmethod
    def parse(cls, text):
        total, n = 0, ""
        for c in text:
            if c.isdigit(): n += c
            elif c in cls.UNITS and n: total, n = total + int(n) * cls.UNITS[c], ""
            else: raise ValueError(f"bad duration {text!r}")
        if n: raise ValueError(f"unit missing in {text!r}")
        return cls(total)
    def _other(self, o): return o.s if isinstance(o, Duration) else o if isinstance(o, (int, float)) else NotImplemented
    def __add__(self, o): o = self._other(o); return o if o is NotImplemented else Duration(self.s + o)
    __radd__ = __add__
    def __sub__(self, o): o = self._other(o); return o if o is NotImplemented else Duration(self.s - o)
    def __rsub__(self, o): return Duration(o) - self
    def __mul__(self, k): return Duration(self.s * k) if isinstance(k, (int, float)) else NotImplemented
    __rmul__ = __mul__
    def __truediv__(self, o): return self.s / o.s if isinstance(o, Duration) else Duration(self.s / o)
    def __floordiv__(self, o): return self.s // self._other(o)
    def __mod__(self, o): return Duration(self.s % self._other(o))
    def __neg__(self): return Duration(-self.s)
    def __abs__(self): return Duration(abs(self.s))
    def __eq__(self, o): o = self._other(o); return o if o is NotImplemented else self.s == o
    def __lt__(self, o): o = self._other(o); return o if o is NotImplemented else self.s < o
    def __le__(self, o): return self < o or self == o
    def __hash__(self): return hash(self.s)
    def __bool__(self): return self.s != 0
    def __int__(self): return int(self.s)
    def __float__(self): return float(self.s)
    def __iadd__(self, o): self.s += self._other(o); return self
    def __str__(self): return ("-" if self.s < 0 else "") + f"{abs(int(self.s)) // 3600}:{abs(int(self.s)) // 60 % 60:02}:{abs(int(self.s)) % 60:02}"
    def __repr__(self): return f"Duration({self.s})"
    def __format__(self, spec): return f"{self.s / self.UNITS[spec]:.1f}{spec}" if spec in self.UNITS else format(str(self), spec)
    def __divmod__(self, o): return self // o, self % o
    def __round__(self, n=0): return Duration(round(self.s / 60) * 60)
    def __contains__(self, o): return o <= self
    def __iter__(self): return iter((self.s // 3600, self.s // 60 % 60, self.s % 60))
d = Duration.parse("1h30m5s")
e = Duration(95)
print(d, e, d + e, d - e, e - d, d + 5, 5 + d, 100 - e, d * 2, 2 * d, d / e, d / 2, d // e, d % e, divmod(d, e), -d, abs(-d), sum([d, e]), max(d, e), d > e, d >= e, e == 95, e != d, d < 10, bool(Duration()), int(e), float(e), f"{d:h} {d:m} {d:>10}|", [*d], e in d, round(e), {Duration(5): "k"}[5], repr(d), sorted([d, e, Duration(1)]))
alias = d
d += e
print(alias, alias is d)
for f in (lambda: d + "x", lambda: "x" + d, lambda: d * d, lambda: d < "x", lambda: Duration.parse("5x"), lambda: Duration.parse("5"), lambda: d / 0, lambda: d.nope, lambda: d ** 2, lambda: d @ d, lambda: d & 1, lambda: ~d):
    try: print(f())
    except Exception as ex: print(type(ex).__name__, ex)
