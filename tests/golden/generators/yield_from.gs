# yield from: delegation of values, send, throw and close; return values; plain iterables; errors.

def inner():
    got = []
    try:
        while True:
            x = yield len(got)
            if x is None: break
            got.append(x)
    except KeyError as e:
        print("inner caught", e)
        got.append("err")
    finally:
        print("inner finally")
    return got
def outer():
    r = yield from inner()
    print("outer has", r)
    r2 = yield from [10, 20]
    print("list gives", r2)
    return "end"
o = outer()
print(next(o), o.send("a"), o.send("b"), o.send(None), next(o))
try:
    next(o)
except StopIteration as e:
    print(e.value)
o = outer()
next(o)
print(o.throw(KeyError("k")))
o = outer()
next(o)
o.close()
o = outer()
next(o)
try:
    o.throw(ValueError("not handled"))
except ValueError as e:
    print(e)
o = outer()
next(o); o.send(None)
try:
    o.send("to a list iterator")
except AttributeError as e:
    print(e)
o = outer()
next(o); o.send(None)
try:
    o.throw(KeyError("to a list iterator"))
except KeyError as e:
    print(repr(e))
def deep(n):
    if n == 0:
        yield "bottom"
        return 0
    return 1 + (yield from deep(n - 1))
def run(g):
    out = []
    try:
        while True: out.append(next(g))
    except StopIteration as e:
        return out, e.value
print(run(deep(50)))
def flat(x):
    if isinstance(x, list):
        for y in x: yield from flat(y)
    else:
        yield x
print(list(flat([1, [2, [3, []], 4], [[5]]])))
def bad():
    yield from 5
try:
    list(bad())
except TypeError as e:
    print(e)
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration("It's value")
        return self.n
    def send(self, x): return f"sent {x}"
    def throw(self, *a): return f"thrown {a[0].__name__ if isinstance(a[0], type) else type(a[0]).__name__}"
    def close(self): print("It closed")
def d():
    return (yield from It())
g = d()
print(next(g), g.send("v"), g.throw(KeyError), next(g))
try:
    next(g)
except StopIteration as e:
    print(e.value)
g = d()
next(g)
g.close()
def from_range():
    a = yield from range(2)
    b = yield from "xy"
    c = yield from {1: 2}
    d = yield from (z for z in "q")
    e = yield from ()
    return a, b, c, d, e
print(run(from_range()))
def recursive_running():
    yield from me
me = recursive_running()
try:
    next(me)
except ValueError as e:
    print(e)
def two(a, b):
    x = yield from a
    y = yield from b
    return x, y
def with_ret(v):
    yield v
    return v * 2
print(run(two(with_ret(1), with_ret(2))), run(two(with_ret("a"), [])))
g = d()
print(g.gi_yieldfrom, next(g), type(g.gi_yieldfrom).__name__)
g.close()
