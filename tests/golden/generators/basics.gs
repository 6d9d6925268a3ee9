# Generators: laziness, next, iteration, several at once, arguments, return values, attributes.

def count(n):
    print("start", n)
    for i in range(n):
        yield i
    print("end", n)
g = count(2)
print("created")
print(next(g), next(g))
try:
    next(g)
except StopIteration as e:
    print("stop", e.value)
print(next(g, "default"), list(g))
for x in count(2):
    print("x", x)
a, b = count(3), count(3)
print(next(a), next(b), next(a))
def ret():
    yield 1
    return "the value"
r = ret()
next(r)
try:
    next(r)
except StopIteration as e:
    print(e.value, e.args)
try:
    next(r)
except StopIteration as e:
    print(e.value)
def none():
    return 5
    yield
print(list(none()), type(none()).__name__)
def bare():
    x = yield
    print("got", x)
    y = yield x
    print("got", y)
b = bare()
print(next(b), b.send("one"))
try:
    b.send("two")
except StopIteration:
    print("done")
print(g.__name__, g.__qualname__, g.gi_running, g.gi_frame, type(g).__name__, iter(g) is g)
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
def take(n, it):
    for _, x in zip(range(n), it): yield x
print(list(take(10, fib())))
def running():
    it = yield
    try:
        next(it)
    except ValueError as e:
        yield str(e)
s = running()
next(s)
print(s.send(s))
def perm(xs):
    if len(xs) <= 1: yield list(xs)
    for i, x in enumerate(xs):
        for p in perm(xs[:i] + xs[i + 1:]):
            if len(xs) > 1: yield [x] + p
print(list(perm([1, 2, 3])), len(list(perm(list(range(5))))))
def kw(a, *args, k=3, **rest):
    yield a, args, k, rest
print(next(kw(1, 2, k=4, z=5)))
try:
    kw()
except TypeError as e:
    print(e)
class C:
    def __iter__(self):
        yield from self.items()
    def items(self):
        yield "a"; yield "b"
    @staticmethod
    def st(): yield "s"
    @classmethod
    def cm(cls): yield cls.__name__
    @property
    def pr(self): yield "p"
c = C()
print(list(c), list(c), list(C.st()), list(C.cm()), list(c.pr), [*c], tuple(c), "".join(c), max(c), "a" in c, dict(zip(c, c)))
