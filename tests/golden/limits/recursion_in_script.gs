# RecursionError in plain functions, methods, generators, properties, operators and closures.

import sys
def f(n): return f(n + 1)
def g(): return (lambda: g())()
def even(n): return odd(n + 1)
def odd(n): return even(n + 1)
class C:
    def m(self): return self.m()
    @property
    def p(self): return self.p
    def __add__(self, o): return self + o
    def __getattr__(self, n): return getattr(self, n + "x")
    def __call__(self): return self()
    def __getitem__(self, k): return self[k]
    def __len__(self): return len(self)
    def __iter__(self): return iter(self)
    def __eq__(self, o): return self == o
    def __lt__(self, o): return self < o
    def __hash__(self): return hash(self)
    def __bool__(self): return bool(self)
    def __str__(self): return str(self)
    def __repr__(self): return repr(self)
    def __contains__(self, x): return x in self
    def __enter__(self):
        with self: pass
    def __exit__(self, *a): pass
    def __format__(self, s): return format(self, s)
    def __index__(self): return [1][self]
    def __neg__(self): return -self
    def __setattr__(self, k, v): setattr(self, k, v)
    def __delattr__(self, k): delattr(self, k)
    def __radd__(self, o): return o + self
    def __next__(self): return next(self)
c = C()
def gen(): yield from gen()
def comp(): return [x for x in comp()]
def w():
    with c: pass
ops = {"function": lambda: f(0), "lambda": g, "mutual": lambda: even(0), "method": c.m, "property": lambda: c.p, "add": lambda: c + 1, "getattr": lambda: c.q, "call": c, "getitem": lambda: c[0], "len": lambda: len(c), "iter": lambda: iter(c), "eq": lambda: c == 1, "lt": lambda: c < 1, "hash": lambda: hash(c), "bool": lambda: bool(c), "str": lambda: str(c), "repr": lambda: repr(c), "in": lambda: 1 in c, "with": w, "format": lambda: f"{c}", "index": lambda: [1][c], "neg": lambda: -c, "setattr": lambda: setattr(c, "a", 1), "delattr": lambda: delattr(c, "a"), "radd": lambda: 1 + c, "next": lambda: next(c), "yield from": lambda: list(gen()), "comprehension": comp, "print": lambda: print(c), "list of it": lambda: str([c]), "exec": lambda: exec("def q(): q()\nq()", {}), "metaclass": lambda: type("M", (type,), {"__call__": lambda cls: cls()})("X", (), {})()}
for name, op in ops.items():
    try:
        op()
        print(name, "no error")
    except RecursionError as e:
        print(name, type(e).__name__, str(e)[:32])
print("still alive", (lambda n: n + 1)(1))
