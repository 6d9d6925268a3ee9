# rows: TMO-01 TMO-03 TMO-04 TMO-06 TMO-07
# with Timeout: raising itself, silent ones, blocks in time, nesting.

from gevent import Timeout, sleep, spawn

try:
    with Timeout(0.01) as t:
        print(t.pending, t.seconds)
        sleep(5)
    print("not reached")
except Timeout as e:
    print(e is t, str(e), t.pending)
with Timeout(0.01, False):
    sleep(5)
    print("not reached")
print("silent")
with Timeout(5) as t:
    x = "in time"
print(x, t.pending)
sleep(0.005)
print(issubclass(Timeout, BaseException), issubclass(Timeout, Exception))
try:
    with Timeout(0.01):
        try:
            sleep(5)
        except Exception:
            print("Exception must not catch it")
except Timeout as e:
    print("caught", e)
with Timeout(5) as outer:
    try:
        with Timeout(0.01) as inner:
            sleep(5)
    except Timeout as e:
        print(e is inner, e is outer, outer.pending, inner.pending)
try:
    with Timeout(0.01) as outer:
        with Timeout(5, False) as inner:
            sleep(5)
        print("not reached")
except Timeout as e:
    print(e is outer, e is inner)
try:
    with Timeout(5) as outer:
        with Timeout(0.01, False) as inner:
            raise outer
except Timeout as e:
    print("outer raised by hand", e is outer)
try:
    with Timeout(0.01):
        raise KeyError("own error")
except KeyError as e:
    print(repr(e))
sleep(0.025)
print("nothing fired later")
def nested(n):
    with Timeout(0.005 * n, False):
        sleep(5)
        return "no"
    return n
print([nested(n) for n in (1, 2)])
def body():
    try:
        with Timeout(0.01):
            sleep(5)
    except Timeout:
        return "in greenlet"
print(spawn(body).get())
