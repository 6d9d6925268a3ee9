# StopIteration inside generators becomes RuntimeError; in other iterators it ends the loop.

def leaks():
    yield 1
    raise StopIteration("leaked")
g = leaks()
next(g)
try:
    next(g)
except RuntimeError as e:
    print(e, repr(e.__cause__), e.__cause__ is e.__context__)
def next_of_empty():
    yield next(iter([]))
try:
    list(next_of_empty())
except RuntimeError as e:
    print(e)
def caught():
    try:
        yield next(iter([]))
    except StopIteration:
        yield "caught inside"
print(list(caught()))
try:
    list(next(iter([])) for _ in range(2))
except RuntimeError as e:
    print(e)
print([x for x in iter([1])], end=" ")
def stop(): raise StopIteration(9)
try:
    [stop() for _ in range(3)]
except StopIteration as e:
    print("a list comprehension lets it through", e.value)
print(list(map(lambda x: x if x < 2 else stop(), range(5))))
class It:
    def __iter__(self): return self
    def __next__(self): raise StopIteration("value")
print(list(It()), [*It()], tuple(It()), sum(It()), dict(It()))
for x in It(): pass
else: print("loop ended")
def throw_stop():
    try:
        yield 1
    except StopIteration as e:
        yield f"thrown in: {e.value}"
g = throw_stop()
next(g)
print(g.throw(StopIteration("x")))
g = throw_stop()
try:
    g.throw(StopIteration("before start"))
except RuntimeError as e:
    print(e)
except StopIteration as e:
    print("plain", e.value)
def ret_tuple():
    return (1, 2)
    yield
try:
    next(ret_tuple())
except StopIteration as e:
    print(e.value, e.args)
def ret_exc():
    return ValueError("as a value")
    yield
try:
    next(ret_exc())
except StopIteration as e:
    print(repr(e.value))
def outer():
    try:
        r = yield from ret_tuple()
        yield r
    except StopIteration:
        yield "no"
print(list(outer()))
class Sub(StopIteration): pass
def sub():
    yield 1
    raise Sub("subclass")
try:
    list(sub())
except RuntimeError as e:
    print(e, repr(e.__cause__))
