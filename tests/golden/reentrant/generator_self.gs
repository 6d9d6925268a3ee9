# Generators that resume, close or throw into themselves; several users of one generator.

def g():
    for op in ("next", "send", "throw", "close", "list"):
        try:
            if op == "next": next(it)
            elif op == "send": it.send(1)
            elif op == "throw": it.throw(KeyError("x"))
            elif op == "close": it.close()
            else: list(it)
        except ValueError as e:
            yield op, str(e)
it = g()
for r in it: print(r)
def outer():
    yield from inner()
def inner():
    try:
        next(o)
    except ValueError as e:
        yield str(e)
o = outer()
print(next(o))
class I:
    def __iter__(self): return self
    def __next__(self):
        try:
            return next(gen)
        except ValueError as e:
            return str(e)
gen = (x for x in [I()] for x in [next(x)])
print(next(gen))
def shared():
    for i in range(10): yield i
s = shared()
print([(a, next(s)) for a in s])
def consume(g): return [x for x, _ in zip(g, range(2))]
s = shared()
print(consume(s), consume(s), list(s))
def cond():
    while True:
        yield lambda: next(c)
c = cond()
f = next(c)
print(f() is not None, callable(f()()))
def recursive(n):
    if n:
        yield n
        yield from recursive(n - 1)
        for x in recursive(n - 1): yield x
print(list(recursive(4)))
