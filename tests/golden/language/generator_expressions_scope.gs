# Generator expressions as sole arguments, nested, with closures, consumed in parts.

print(sum(x * x for x in range(10)), max((x % 7 for x in range(20)), default=0), ",".join(str(i) for i in range(4)))
g = (i for i in range(5))
print(next(g), 2 in g, list(g), list(g))
pairs = ((i, j) for i in range(3) for j in (x for x in range(i)))
print(list(pairs))
fs = list((lambda: i) for i in range(3))
print([f() for f in fs])
def consume(it, n):
    return [next(it) for _ in range(n)]
squares = (n * n for n in range(100))
print(consume(squares, 3), consume(squares, 2))
x = 10
g = (x + i for i in range(3))
x = 20
print(list(g))
def f():
    y = 1
    g = (y for _ in range(2))
    y = 2
    return list(g)
print(f())
print(type((i for i in ())).__name__, (i for i in ()).__name__)
print([*(i for i in "ab")], {*(i for i in (1, 1))}, dict((k, k * 2) for k in range(2)))
print(tuple(tuple(j for j in range(i)) for i in range(4)))
def stop():
    raise StopIteration
try:
    list(stop() for _ in range(2))
except RuntimeError as e:
    print(e, repr(e.__cause__))
gen = (1 // d for d in (1, 0, 2))
print(next(gen))
try:
    next(gen)
except ZeroDivisionError as e:
    print(e)
print(list(gen))
def flatten(t): return (y for x in t for y in (flatten(x) if isinstance(x, list) else (x,)))
print(list(flatten([1, [2, [3, [4]]], [], 5])))
primes = (n for n in range(2, 50) if all(n % d for d in range(2, int(n ** .5) + 1)))
print(list(primes))
print(sorted((-k, v) for k, v in {"a": 1, "b": 2}.items() for k in [v]))
