# enumerate, reversed, iter with sentinel, next with default.

print(list(enumerate("ab")), list(enumerate("ab", 5)), list(enumerate([], 1)), list(enumerate("ab", start=10 ** 20)), list(enumerate("a", -3)), dict(enumerate("xy")))
print(list(reversed([1, 2])), list(reversed("ab")), list(reversed(range(0, 9, 4))), list(reversed({1: 1, 2: 2})), list(reversed(())), "".join(reversed("añ")))
n = [0]
def tick():
    n[0] += 1
    return n[0]
print(list(iter(tick, 4)), list(iter(tick, 5)), next(iter(tick, 99)))
print(next(iter([]), "d"), next(iter([1]), "d"), next(iter([]), None))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: enumerate())
attempt(lambda: enumerate(5))
attempt(lambda: enumerate([], "a"))
attempt(lambda: enumerate([], 1, 2))
attempt(lambda: enumerate(iterable="ab").__next__())
attempt(lambda: reversed({1, 2}))
attempt(lambda: reversed(iter([])))
attempt(lambda: reversed())
attempt(lambda: iter(5, 5))
attempt(lambda: iter([], 5))
attempt(lambda: next([]))
attempt(lambda: next(5))
attempt(lambda: next(iter([])))
attempt(lambda: next(iter([]), 1, 2))
class R:
    def __reversed__(self): return iter("own")
class S:
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
class NoLen:
    def __getitem__(self, i): return i
class Blocked(list):
    __reversed__ = None
print(list(reversed(R())), list(reversed(S())))
attempt(lambda: reversed(NoLen()))
attempt(lambda: reversed(Blocked()))
it = iter(tick, 8)
print(list(it), list(it))
def boom():
    raise StopIteration
print(list(iter(boom, 1)))
class C:
    def __init__(self): self.n = 0
    def __call__(self):
        self.n += 1
        if self.n > 2: raise ValueError("call failed")
        return self.n
it = iter(C(), 99)
print(next(it), next(it))
attempt(lambda: next(it))
r = reversed([1, 2, 3])
print(next(r), r.__length_hint__(), list(r), list(r))
e = enumerate(iter("ab"))
print(next(e), e is iter(e), list(e))
l = [1, 2, 3]
for i, x in enumerate(l):
    if i < 3: l.append(x * 10)
print(l)
for i in reversed(l):
    if i > 20: l.remove(i)
print(l)
