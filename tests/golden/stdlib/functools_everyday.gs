# functools: partial, reduce, lru_cache, wraps, cmp_to_key, total_ordering, singledispatch, cached_property.

from functools import *
print(reduce(lambda a, b: a * b, range(1, 6)), reduce(max, [3, 9, 2]), reduce(lambda a, b: a + b, [], "init"))
try: reduce(max, [])
except TypeError as e: print(e)
p = partial(int, base=2)
print(p("101"), partial(pow, 2)(5), p.func is int, p.args, p.keywords, partial(print, "a", sep="-")("b"), partial(partial(max, 1), 5)(3))
calls = []
@lru_cache(maxsize=2)
def f(x, y=0):
    calls.append(x)
    return x * 2
print(f(1), f(1), f(2), f(3), f(1), calls, f.cache_info(), f.cache_clear(), f.cache_info().currsize, f.__wrapped__(9))
@cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(90), fib.cache_info().misses)
try: f([])
except TypeError as e: print(e)
def deco(fn):
    @wraps(fn)
    def inner(*a): "inner doc"; return fn(*a)
    return inner
@deco
def named(x): "the doc"; return x
print(named.__name__, named.__doc__, named.__wrapped__(3), named(4))
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)), sorted(["b", "A", "c"], key=cmp_to_key(lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))))
@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(V(1) <= V(2), V(2) >= V(2), V(3) > V(2), V(1) >= V(2))
@singledispatch
def show(x): return "object"
@show.register
def _(x: int): return f"int {x}"
@show.register(list)
def _(x): return f"list of {len(x)}"
print(show(5), show([1]), show("s"), show(True), show.dispatch(int)(7))
class C:
    n = 0
    @cached_property
    def v(self): C.n += 1; return C.n
c = C()
print(c.v, c.v, C.n, vars(c)); del c.v; print(c.v)
class M:
    def m(self, a, b): return a + b
    inc = partialmethod(m, 1)
print(M().inc(5))
