# try, with, loops and handlers around yield; generators that are dropped or exhausted early.

class CM:
    def __init__(self, n): self.n = n
    def __enter__(self): print("enter", self.n); return self.n
    def __exit__(self, t, v, tb): print("exit", self.n, t and t.__name__); return t is KeyError
def g():
    with CM("a") as x:
        yield x
        with CM("b"):
            yield "in b"
        yield "after b"
it = g()
print(next(it), next(it))
print(it.throw(KeyError("swallowed by b")))
it.close()
def h():
    for i in range(3):
        try:
            yield i
        except ValueError as e:
            yield f"handled {e}"
        else:
            yield "else"
        finally:
            print("finally", i)
it = h()
print(next(it), next(it), next(it))
print(it.throw(ValueError("v")), next(it))
it.close()
def nested():
    try:
        try:
            yield 1
        finally:
            yield "in inner finally"
    except KeyError:
        yield "outer handler"
    finally:
        print("outer finally")
it = nested()
next(it)
print(it.throw(KeyError), next(it), list(it))
def ret_in_finally():
    try:
        yield 1
    finally:
        return "overrides"
it = ret_in_finally()
next(it)
try:
    it.throw(ValueError("lost"))
except StopIteration as e:
    print(e.value)
def handler_yields():
    try:
        raise KeyError("kept")
    except KeyError as e:
        yield repr(e)
        yield repr(e)
        try:
            raise
        except KeyError as e2:
            yield e2 is e
it = handler_yields()
print(next(it))
try:
    raise IndexError("outside")
except IndexError:
    print(next(it), next(it))
def in_args():
    print((yield 1), (yield 2), [(yield 3), (yield 4)], {"k": (yield 5)})
    x = (yield 6) + (yield 7)
    return x
it = in_args()
sent = [it.send(None)]
for v in "abcde":
    sent.append(it.send(v))
sent.append(it.send(10))
try:
    it.send(20)
except StopIteration as e:
    print(sent, e.value)
def cond():
    while (x := (yield)) != "stop":
        if x is None: continue
        yield x * 2
it = cond()
next(it)
print(it.send(3), next(it), it.send(4))
def lam():
    f = lambda: (yield 5)
    return list(f())
print(lam())
def break_loop():
    for x in it2:
        if x == 2: break
    return next(it2)
it2 = (i for i in range(10))
print(break_loop())
def state():
    n = 0
    def bump():
        nonlocal n
        n += 1
    while True:
        bump()
        yield n
s = state()
print(next(s), next(s), next(s))
print(sum(1 for _ in zip(s, range(3))), next(s))
