# rows: TMO-12
# with_timeout: results, timeout_value, errors, nested.

from gevent import with_timeout, sleep, Timeout

def f(a, b=0): return a + b
def slow(t, v="slow"):
    sleep(t)
    return v
print(with_timeout(1, f, 1, b=2), with_timeout(1, slow, 0.005), with_timeout(0.01, slow, 5, timeout_value="late"), with_timeout(0.01, slow, 5, timeout_value=None), with_timeout(None, f, 5))
try:
    with_timeout(0.01, slow, 5)
except Timeout as e:
    print("Timeout", e)
def raises():
    raise ValueError("own")
try:
    with_timeout(1, raises, timeout_value="x")
except ValueError as e:
    print(e)
def foreign():
    raise Timeout(99)
try:
    with_timeout(1, foreign, timeout_value="mine")
except Timeout as e:
    print("foreign", e)
print(with_timeout(1, lambda: with_timeout(0.01, slow, 5, timeout_value="inner"), timeout_value="outer"))
print(with_timeout(0.01, lambda: with_timeout(1, slow, 5, timeout_value="inner"), timeout_value="outer"))
