# Iterators of the built-in types: exhaustion, length hints, independence, changes during iteration.

for obj in ([1, 2], (1, 2), "ab", b"ab", {1: 2, 3: 4}, range(2), {7}, bytearray(b"x"), memoryview(b"m")):
    it = iter(obj)
    print(type(it).__name__, it is iter(it), next(it), list(it), list(it), next(it, "done"))
l = [1, 2, 3]
a, b = iter(l), iter(l)
print(next(a), next(a), next(b), list(zip(l, l[1:])), list(zip(a, b)))
it = iter(l)
l.append(4)
print(list(it))
l.append(5)
print(list(it))
it = iter(l)
next(it)
del l[:]
print(list(it), next(it, "empty"))
r = reversed([1, 2, 3])
print(next(r), list(r), list(reversed("ab")), list(reversed(range(3))), list(reversed((1, 2))), list(reversed({1: 1, 2: 2})))
it = iter([10, 20, 30])
for x in it:
    print(x, next(it, None))
it = iter("abcdef")
print(list(zip(it, it)), ["".join(p) for p in zip(*[iter("abcdef")] * 3)])
print(iter([1, 2]).__length_hint__(), reversed([1, 2, 3]).__length_hint__(), iter("abc").__length_hint__())
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: next([1]))
attempt(lambda: next(iter([])))
attempt(lambda: iter(5))
attempt(lambda: iter(5, 6))
attempt(lambda: reversed({1}))
attempt(lambda: reversed(5))
attempt(lambda: reversed(iter([1])))
attempt(lambda: next())
attempt(lambda: iter())
n = iter(lambda c=[0]: c.append(1) or len(c), 5)
print(list(n), list(n))
class Count:
    def __getitem__(self, i):
        if i >= 3: raise IndexError("stop")
        return i * i
print(list(Count()), 4 in Count(), max(Count()), [*Count()], tuple(reversed(list(Count()))))
class Seq(Count):
    def __len__(self): return 3
print(list(reversed(Seq())))
e = enumerate("ab", 1)
print(next(e), list(e), list(enumerate([], 5)), list(enumerate("x", start=-1)))
x, y = iter("pq")
print(x, y, sum(iter([1, 2])), max(iter([3, 9])), sorted(iter("ba")), ",".join(iter("ab")), dict(iter([("k", 1)])), [*iter((1,))])
