# send, throw and close: states of the generator, values, errors.

def echo():
    r = None
    while True:
        try:
            r = yield r
            print("received", r)
        except ValueError as e:
            print("caught", e)
            r = "recovered"
        finally:
            print("finally in loop")
g = echo()
try:
    g.send(5)
except TypeError as e:
    print(e)
print(g.send(None), g.send(1), g.throw(ValueError("thrown")), g.send(2))
g.close()
for f in (lambda: next(g), lambda: g.send(1), lambda: g.throw(KeyError("after close"))):
    try:
        f()
    except (StopIteration, KeyError) as e:
        print(type(e).__name__, e)
print(g.close())
def cleanup():
    try:
        yield 1
    finally:
        print("cleanup runs")
c = cleanup()
next(c)
print(c.close())
fresh = cleanup()
print(fresh.close(), list(fresh))
fresh2 = cleanup()
try:
    fresh2.throw(ValueError("before the start"))
except ValueError as e:
    print(e, list(fresh2))
def stubborn():
    while True:
        try:
            yield 1
        except GeneratorExit:
            print("ignoring exit")
s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as e:
    print(e)
try:
    s.throw(KeyError("ends it"))
except KeyError as e:
    print(e)
def raises_on_close():
    try:
        yield
    except GeneratorExit:
        raise ValueError("instead of exit")
r = raises_on_close()
next(r)
try:
    r.close()
except ValueError as e:
    print(e, type(e.__context__).__name__)
def returns_on_close():
    try:
        yield
    except GeneratorExit:
        return "ignored value"
r = returns_on_close()
next(r)
print(r.close())
def thrower():
    try:
        yield 1
    except KeyError as e:
        yield ("handled", e.args)
    yield "next"
t = thrower()
next(t)
print(t.throw(KeyError("k")), next(t))
for args in ((KeyError,), (KeyError("inst"),), (KeyError, "value"), (KeyError, ("a", "b")), (KeyError, None, None)):
    t = thrower()
    next(t)
    print(t.throw(*args))
t = thrower()
next(t)
for bad in ((5,), ("x",), (KeyError(1), 2), (KeyError, 1, 2), (), (None,), (int,)):
    try:
        t.throw(*bad)
    except (TypeError, KeyError) as e:
        print(type(e).__name__, e)
def swallow_and_return():
    try:
        yield
    except ValueError:
        return 7
w = swallow_and_return()
next(w)
try:
    w.throw(ValueError)
except StopIteration as e:
    print("returned", e.value)
def reyield():
    x = 0
    while x < 3:
        x = (yield x) or x + 1
y = reyield()
print(next(y), next(y), y.send(None), list(y))
def avg():
    total, n = 0, 0
    value = None
    while True:
        x = yield value
        total += x; n += 1
        value = total / n
m = avg()
next(m)
print([m.send(v) for v in (10, 20, 60)])
def already():
    def inner():
        try:
            g2.close()
        except ValueError as e:
            print(e)
        try:
            g2.throw(KeyError)
        except ValueError as e:
            print(e)
        yield
    yield from inner()
g2 = already()
next(g2)
