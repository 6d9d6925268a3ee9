# An in-memory table with lazy queries built by operators: where, order, group, join, limits.

class Col:
    def __init__(self, name, fn=None): self.name, self.fn = name, fn or (lambda r: r[name])
    def _op(self, o, sym, f): 
        other = o.fn if isinstance(o, Col) else lambda r: o
        return Col(f"({self.name} {sym} {o.name if isinstance(o, Col) else repr(o)})", lambda r: f(self.fn(r), other(r)))
    def __eq__(self, o): return self._op(o, "=", lambda a, b: a == b)
    def __ne__(self, o): return self._op(o, "!=", lambda a, b: a != b)
    def __lt__(self, o): return self._op(o, "<", lambda a, b: a < b)
    def __gt__(self, o): return self._op(o, ">", lambda a, b: a > b)
    def __and__(self, o): return self._op(o, "and", lambda a, b: a and b)
    def __or__(self, o): return self._op(o, "or", lambda a, b: a or b)
    def __invert__(self): return Col(f"not {self.name}", lambda r: not self.fn(r))
    def __mul__(self, o): return self._op(o, "*", lambda a, b: a * b)
    def __add__(self, o): return self._op(o, "+", lambda a, b: a + b)
    def __mod__(self, o): return self._op(o, "%", lambda a, b: a % b)
    def like(self, s): return Col(f"{self.name} like {s!r}", lambda r: s in self.fn(r))
    def as_(self, name): return Col(name, self.fn)
    __hash__ = None
    def __bool__(self): raise TypeError("use & | ~ instead of and, or, not")
class Cols:
    def __getattr__(self, n): return Col(n)
c = Cols()
class Query:
    def __init__(self, rows): self.rows = rows
    def __iter__(self): return iter(self.rows())
    def where(self, cond): return Query(lambda: (r for r in self if cond.fn(r)))
    def select(self, *cols): return Query(lambda: ({k.name: k.fn(r) for k in (Col(x) if isinstance(x, str) else x for x in cols)} for r in self))
    def order(self, col, desc=False): return Query(lambda: sorted(self, key=col.fn, reverse=desc))
    def limit(self, n, skip=0): return Query(lambda: (r for i, r in enumerate(self) if skip <= i < skip + n))
    def join(self, other, on): return Query(lambda: ({**{f"r_{k}": v for k, v in b.items()}, **a} for a in self for b in other if a[on] == b[on]))
    def group(self, key, **aggs):
        def run():
            groups = {}
            for r in self: groups.setdefault(r[key], []).append(r)
            for k, rs in groups.items(): yield {key: k, **{n: f([col.fn(r) for r in rs]) for n, (f, col) in aggs.items()}}
        return Query(run)
    def one(self):
        rows = list(self.limit(2))
        if len(rows) != 1: raise LookupError(f"{len(rows) or 'no'} rows{' or more' if len(rows) > 1 else ''}")
        return rows[0]
    def table(self):
        rows = list(self)
        return "\n".join(", ".join(f"{k}={v}" for k, v in r.items()) for r in rows) or "(none)"
class Table(Query):
    def __init__(self, *names): self.names, self.data = names, []; super().__init__(lambda: self.data)
    def add(self, *values):
        if len(values) != len(self.names): raise ValueError(f"{len(values)} values for {len(self.names)} columns")
        self.data.append(dict(zip(self.names, values)))
        return self
emp = Table("id", "name", "dept", "pay").add(1, "ann", "dev", 70).add(2, "bob", "dev", 50).add(3, "cat", "ops", 60).add(4, "dan", "ops", 40).add(5, "eve", "hr", 55)
dept = Table("dept", "city").add("dev", "Oslo").add("ops", "Rome")
cond = (c.pay > 45) & ~(c.name == "eve") | (c.id % 2 == 0)
print(cond.name)
print(emp.where(cond).order(c.pay, desc=True).select("name", c.pay, (c.pay * 12).as_("year")).table())
q = emp.where(c.dept == "dev").select("name")
emp.add(6, "fay", "dev", 90)
print(q.table(), emp.group("dept", n=(len, c.id), top=(max, c.pay), avg=(lambda xs: round(sum(xs) / len(xs), 1), c.pay)).order(c.n).table(), emp.join(dept, "dept").where(c.r_city == "Rome").select("name", "r_city").table(), emp.order(c.name).limit(2, skip=1).select("name").table(), sep="\n--\n")
print(emp.where(c.name.like("a")).where(c.pay < 60).one()["name"])
for f in (lambda: emp.where(c.pay > 50 and c.id < 3), lambda: emp.where(c.id == 99).one(), lambda: emp.one(), lambda: emp.where(c.nope == 1).one(), lambda: dept.add(1), lambda: emp.where(c.name < 5).one()):
    try: print(f())
    except (TypeError, LookupError, ValueError) as e: print(type(e).__name__, e)
