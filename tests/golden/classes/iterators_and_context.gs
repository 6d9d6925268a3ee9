# Own iterators and context managers as classes; calling objects; protocols on instances do not count.

class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0: raise StopIteration
        self.n -= 1
        return self.n + 1
c = Countdown(3)
print(next(c), list(c), list(c), [*Countdown(2)], sum(Countdown(4)), dict(zip("ab", Countdown(2))), max(Countdown(3)), 2 in Countdown(5), tuple(Countdown(1)), sorted(Countdown(3)))
class Tree:
    def __init__(self, v, *kids): self.v, self.kids = v, kids
    def __iter__(self):
        yield self.v
        for k in self.kids: yield from k
print(list(Tree(1, Tree(2, Tree(3)), Tree(4))))
class Fresh:
    def __iter__(self): return Countdown(2)
f = Fresh()
print(list(f), list(f), [(a, b) for a in f for b in f])
class Callable:
    def __init__(self, n): self.n = n
    def __call__(self, *a, **k): return (self.n, a, k)
print(Callable(1)(2, x=3), list(map(Callable("m"), [1, 2])), callable(Callable(0)))
class Timer:
    def __init__(self, log): self.log = log
    def __enter__(self): self.log.append("start"); return self
    def __exit__(self, *exc): self.log.append(exc[0].__name__ if exc[0] else "clean"); return exc[0] is KeyError
log = []
with Timer(log): pass
with Timer(log): raise KeyError
try:
    with Timer(log) as t: 1 / 0
except ZeroDivisionError: pass
print(log)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class BadIter:
    def __iter__(self): return self
attempt(lambda: list(BadIter()))
attempt(lambda: next(BadIter()))
class RaisingIter:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n == 3: raise ValueError("third")
        return self.n
for consume in (list, tuple, set, sum, max, sorted, lambda i: [*i], lambda i: ",".join(map(str, i)), lambda i: dict(enumerate(i)), lambda i: [].extend(i), lambda i: 9 in i, lambda i: all(i), lambda i: list(zip(i, "abcd")), lambda i: [x for x in i], lambda i: print(*i)):
    attempt(lambda: consume(RaisingIter()))
class Inst: pass
o = Inst()
o.__len__ = lambda: 5
o.__iter__ = lambda: iter([1])
o.__call__ = lambda: 1
o.__getitem__ = lambda i: i
o.__add__ = lambda x: x
o.__str__ = lambda: "instance str"
attempt(lambda: len(o))
attempt(lambda: iter(o))
attempt(lambda: o())
attempt(lambda: o[0])
attempt(lambda: o + 1)
print(str(o).startswith("<__main__.Inst object"))
Inst.__len__ = lambda self: 6
Inst.__call__ = lambda self, x=0: x + 1
Inst.__getitem__ = lambda self, i: i * 2
print(len(o), o(4), o[5])
del Inst.__len__
attempt(lambda: len(o))
class Pairs:
    def keys(self): return "ab"
    def __getitem__(self, k): return k.upper()
print(dict(Pairs()), {**Pairs()})
class StopLater:
    "An iterator that goes on after StopIteration."
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n % 3 == 0: raise StopIteration
        return self.n
s = StopLater()
print(list(s), list(s), next(s), next(s, "end"))
class Len:
    def __iter__(self): return iter(range(3))
    def __length_hint__(self): raise TypeError("ignored")
print(list(Len()))
