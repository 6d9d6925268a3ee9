# rows: GRN-30 GRN-31 GRN-32 GRN-34 GRN-38
# link, link_value, link_exception: order, dead greenlets, greenlets of their own.

from gevent import spawn, sleep, getcurrent, Greenlet
from gevent import get_hub
get_hub().exception_stream = None

log = []
def ok(): return 1
def bad(): raise ValueError("b")
g, b = spawn(ok), spawn(bad)
for name, t in (("g", g), ("b", b)):
    t.link(lambda t, n=name: log.append((n, "any")))
    t.link_value(lambda t, n=name: log.append((n, "value", t.value)))
    t.link_exception(lambda t, n=name: log.append((n, "exception", str(t.exception))))
    t.link(lambda t, n=name: log.append((n, "last")))
g.join(); b.join()
sleep(0)
print(log)
log.clear()
g.link(lambda t: log.append("late"))
print(log)
sleep(0)
sleep(0)
print(log)
k = spawn(sleep, 10)
k.link_value(lambda t: log.append(("killed counts as value", type(t.value).__name__)))
k.link_exception(lambda t: log.append("not this"))
sleep(0)
k.kill()
sleep(0)
print(log)
log.clear()
def blocking(t):
    sleep(0.01)
    log.append("blocking done")
def failing(t): raise KeyError("in link")
g = spawn(ok)
g.link(blocking)
g.link(failing)
g.link(lambda t: log.append(("own greenlet", getcurrent() is not t)))
g.join()
sleep(0)
print(log)
sleep(0.05)
print(log)
for f in (lambda: g.rawlink(5), lambda: g.link(5)):
    try:
        f()
        print("accepted")
    except TypeError as e:
        print("TypeError")
