# Everyday object design: composition, delegation, dunder forwarding, fluent interfaces, copies, equality by fields.

class Engine:
    def __init__(self, power): self.power, self.running = power, False
    def start(self): self.running = True; return self
    def __eq__(self, o): return isinstance(o, Engine) and o.power == self.power
class Car:
    wheels = 4
    def __init__(self, name, engine): self.name, self._engine = name, engine
    def __getattr__(self, n):
        if n.startswith("_"): raise AttributeError(n)
        return getattr(self._engine, n)
    def __setattr__(self, n, v):
        if n in ("power",): setattr(self._engine, n, v)
        else: super().__setattr__(n, v)
c = Car("mini", Engine(50))
c.start()
c.power = 75
print(c.running, c.power, vars(c).keys() == {"name", "_engine"}, c._engine.power, c.wheels, hasattr(c, "wings"))
class Query:
    def __init__(self, **parts): self.parts = {"where": (), "order": None, **parts}
    def where(self, cond): return Query(**{**self.parts, "where": self.parts["where"] + (cond,)})
    def order(self, by): return Query(**{**self.parts, "order": by})
    def run(self, rows):
        rows = [r for r in rows if all(c(r) for c in self.parts["where"])]
        return sorted(rows, key=self.parts["order"]) if self.parts["order"] else rows
q = Query().where(lambda r: r > 2)
print(q.where(lambda r: r % 2).order(lambda r: -r).run([1, 5, 2, 7, 4]), q.run([1, 5, 2, 7, 4]), len(q.parts["where"]))
class Logged:
    def __init__(self, inner, log): self._inner, self._log = inner, log
    def __getattr__(self, n):
        a = getattr(self._inner, n)
        if not callable(a): return a
        def call(*args):
            r = a(*args)
            self._log.append((n, args, r))
            return r
        return call
    def __len__(self): return len(self._inner)
    def __getitem__(self, i): return self._inner[i]
    def __iter__(self): return iter(self._inner)
    def __contains__(self, x): return x in self._inner
log = []
l = Logged([3, 1, 2], log)
l.append(9); l.sort(); l.pop(0); l.index(9)
print(log, len(l), l[0], list(l), 9 in l)
class Temperature:
    def __init__(self, c): self.c = c
    f = property(lambda self: self.c * 9 / 5 + 32, lambda self, v: setattr(self, "c", (v - 32) * 5 / 9))
    @classmethod
    def from_f(cls, v):
        t = cls(0)
        t.f = v
        return t
    def copy(self, **kw):
        n = object.__new__(type(self))
        n.__dict__.update(self.__dict__, **kw)
        return n
t = Temperature.from_f(212)
print(t.c, t.copy().f, t.copy(c=0).f, t.c)
class Stack(list):
    push = list.append
    @property
    def top(self): return self[-1] if self else None
    def __str__(self): return "<" + " ".join(map(str, self)) + "]"
s = Stack()
s.push(1); s.push(2)
print(s, s.top, s.pop(), s, Stack().top, repr(s), s == [1])
class Registry(dict):
    def __call__(self, name):
        def deco(f): self[name] = f; return f
        return deco
cmd = Registry()
@cmd("hi")
def hi(x): return f"hi {x}"
@cmd("twice")
def twice(x): return x * 2
print({k: f("ab") for k, f in cmd.items()}, hi("direct"))
