# __cause__, __context__, __suppress_context__: set by raise, from, in except, finally, with.

def info(e):
    parts = []
    while e is not None:
        parts.append(f"{type(e).__name__}({e})[cause={type(e.__cause__).__name__},sup={e.__suppress_context__}]")
        e = e.__cause__ or (None if e.__suppress_context__ else e.__context__)
    print(" <- ".join(parts))
def attempt(f):
    try:
        f()
    except BaseException as e:
        info(e)
def implicit():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("implicit")
def explicit():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("explicit") from e
def from_none():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("hidden") from None
def from_class():
    raise ValueError("x") from KeyError
def from_bad():
    raise ValueError("x") from 5
def in_finally():
    try:
        raise KeyError("first")
    finally:
        raise ValueError("in finally")
def in_exit():
    class CM:
        def __enter__(self): pass
        def __exit__(self, *a): raise ValueError("in exit")
    with CM():
        raise KeyError("body")
def three():
    try:
        try:
            raise KeyError(1)
        except KeyError:
            raise IndexError(2)
    except IndexError:
        raise ValueError(3)
def reraised():
    try:
        try:
            raise KeyError(1)
        except KeyError as e:
            try:
                raise IndexError(2)
            except IndexError:
                raise e
    except KeyError as e:
        print("same object again:", e.__context__)
        raise
def handled_before():
    try:
        raise KeyError("old")
    except KeyError:
        pass
    raise ValueError("no context")
def in_function():
    def helper():
        raise ValueError("raised in helper")
    try:
        raise KeyError("being handled")
    except KeyError:
        helper()
def in_generator():
    def g():
        try:
            yield 1
        except KeyError:
            raise ValueError("in generator")
    it = g()
    next(it)
    it.throw(KeyError("thrown"))
def in_loop():
    for i in range(3):
        try:
            raise KeyError(i)
        except KeyError:
            if i == 2:
                raise ValueError("last")
def self_cause():
    e = ValueError("self")
    raise e from e
def bare_in_nested():
    try:
        raise KeyError("k")
    except KeyError:
        try:
            raise
        except KeyError as e:
            print("context of bare raise:", e.__context__)
            raise
for f in (implicit, explicit, from_none, from_class, from_bad, in_finally, in_exit, three, reraised, handled_before, in_function, in_generator, in_loop, bare_in_nested):
    print(f.__name__, end=": ")
    attempt(f)
try:
    self_cause()
except ValueError as e:
    print(e.__cause__ is e, e.__context__)
e = ValueError("manual")
e.__cause__ = KeyError("set by hand")
print(e.__suppress_context__, repr(e.__cause__))
e.__context__ = IndexError()
e.__suppress_context__ = False
info(e)
for bad in (lambda: setattr(e, "__cause__", 5), lambda: setattr(e, "__context__", "x"), lambda: delattr(e, "__cause__"), lambda: setattr(e, "__traceback__", 5)):
    try:
        bad()
    except TypeError as t:
        print(t)
e.__cause__ = None
print(e.__cause__, e.__suppress_context__)
a, b = ValueError("a"), KeyError("b")
try:
    try:
        raise a
    except ValueError:
        raise b
except KeyError:
    try:
        raise a
    except ValueError as x:
        print("no cycle:", repr(x.__context__), repr(x.__context__.__context__))
x = ValueError("w").with_traceback(None)
print(x.__traceback__, x.__cause__)
