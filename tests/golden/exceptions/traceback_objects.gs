# The traceback object: tb_lineno, tb_next, tb_frame, with_traceback, growth when passed on.

def lines(e):
    tb, out = e.__traceback__, []
    while tb is not None:
        out.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return out
def a():
    raise ValueError("a")
def b():
    a()
def c():
    try:
        b()
    except ValueError as e:
        print(lines(e))
        raise
try:
    c()
except ValueError as e:
    print(lines(e))
    saved = e
try:
    raise saved
except ValueError as e:
    print(lines(e), e is saved)
try:
    raise saved.with_traceback(None)
except ValueError as e:
    print(lines(e))
e = KeyError("never raised")
print(e.__traceback__)
def keep():
    try:
        b()
    except ValueError as err:
        return err.__traceback__
tb = keep()
try:
    raise KeyError("with another's traceback").with_traceback(tb)
except KeyError as e:
    print(lines(e))
def gen():
    yield 1
    raise IndexError("gen")
g = gen()
next(g)
try:
    next(g)
except IndexError as e:
    print(lines(e))
try:
    [1 / x for x in (1, 0)]
except ZeroDivisionError as e:
    print(lines(e)[0][0], len(lines(e)) >= 1)
def rec(n):
    if n: return rec(n - 1)
    raise ValueError("deep")
try:
    rec(20)
except ValueError as e:
    print(len(lines(e)), lines(e)[-1], lines(e)[1])
import sys
def frame_lines():
    f = sys._getframe()
    return f.f_code.co_name, f.f_back.f_code.co_name, f.f_lineno > 0
print(frame_lines())
