# sys.exc_info and the handled exception: nesting, functions, generators, after the handler.

import sys
def now(): 
    t, v, tb = sys.exc_info()
    return None if t is None else f"{t.__name__}({v})", tb is not None
print(now())
try:
    raise ValueError(1)
except ValueError:
    print(now())
    try:
        raise KeyError(2)
    except KeyError:
        print(now())
    print(now())
    def f(): return now()
    print(f())
    def g():
        yield now()
        try:
            raise IndexError("g")
        except IndexError:
            yield now()
        yield now()
    print(list(g()))
print(now())
def gen():
    try:
        raise TypeError("in gen")
    except TypeError:
        yield now()
        yield now()
it = gen()
print(next(it), now())
try:
    raise KeyError("outside")
except KeyError:
    print(next(it), now())
def fin():
    try:
        raise OSError("f")
    finally:
        print("in finally", now())
try:
    fin()
except OSError:
    pass
print(now(), sys.exception())
