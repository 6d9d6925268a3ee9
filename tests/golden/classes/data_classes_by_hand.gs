# Everyday value classes written by hand: equality, hash, ordering, copies, string forms, named fields.

class Record:
    fields = ()
    def __init__(self, *args, **kw):
        if len(args) > len(self.fields):
            raise TypeError(f"{type(self).__name__} takes {len(self.fields)} values, got {len(args)}")
        values = dict(zip(self.fields, args))
        for k, v in kw.items():
            if k not in self.fields: raise TypeError(f"no field {k!r}")
            if k in values: raise TypeError(f"field {k!r} given twice")
            values[k] = v
        missing = [f for f in self.fields if f not in values]
        if missing: raise TypeError("missing " + ", ".join(missing))
        self.__dict__.update(values)
    def __eq__(self, o): return type(o) is type(self) and vars(self) == vars(o)
    def __hash__(self): return hash((type(self).__name__,) + tuple(vars(self).values()))
    def __lt__(self, o): return tuple(vars(self).values()) < tuple(vars(o).values())
    def __repr__(self): return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in vars(self).items())})"
    def __iter__(self): return iter(vars(self).values())
    def replace(self, **kw): return type(self)(**{**vars(self), **kw})
class Point(Record): fields = ("x", "y")
class Line(Record): fields = ("a", "b", "color")
p, q = Point(1, 2), Point(y=2, x=1)
print(p, p == q, p is q, hash(p) == hash(q), len({p, q}), p.replace(y=5), [*p], Line(p, q, "red"), Line(p, q, color="red") == Line(q, p, "red"), sorted([Point(2, 1), Point(1, 9), Point(1, 3)]), max(Point(0, 1), Point(0, 2)))
x, y = p
print(x, y, {p: "origin"}[Point(1, 2)], p != Point(1, 3), p == (1, 2))
for f in (lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Point(1, 2, x=3), lambda: Point()):
    try:
        f()
    except TypeError as e:
        print(e)
class Money:
    __slots__ = ("cents", "currency")
    def __init__(self, amount, currency="EUR"):
        self.cents, self.currency = round(amount * 100), currency
    def _check(self, o):
        if not isinstance(o, Money): return False
        if o.currency != self.currency: raise ValueError(f"{self.currency} and {o.currency}")
        return True
    def __add__(self, o):
        if not self._check(o): return NotImplemented
        return Money((self.cents + o.cents) / 100, self.currency)
    def __radd__(self, o): return self if o == 0 else NotImplemented
    def __mul__(self, k): return Money(self.cents * k / 100, self.currency)
    __rmul__ = __mul__
    def __eq__(self, o): return isinstance(o, Money) and (self.cents, self.currency) == (o.cents, o.currency)
    def __lt__(self, o): return self._check(o) and self.cents < o.cents
    def __hash__(self): return hash((self.cents, self.currency))
    def __str__(self): return f"{self.cents / 100:,.2f} {self.currency}"
    def __repr__(self): return f"Money({self.cents / 100}, {self.currency!r})"
    def __bool__(self): return self.cents != 0
    def __format__(self, spec): return f"{self.cents / 100:{spec or ',.2f'}} {self.currency}"
a, b = Money(1234.5), Money(0.1)
print(a, a + b, b * 3, 3 * b, sum([a, b, b]), a == Money(1234.5), b < a, max(a, b), sorted([a, b]), bool(Money(0)), f"{a} {a:.0f} {a!r}", {a, Money(1234.5)})
for f in (lambda: a + 5, lambda: a + Money(1, "USD"), lambda: a < Money(1, "USD"), lambda: 5 + a, lambda: a.other):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
