# rows: GRN-01 GRN-02
# spawn returns at once; greenlets first run in spawn order; start is idempotent.

import gevent
from gevent import spawn, sleep, Greenlet, joinall

log = []
def f(n, k=None):
    log.append((n, k))
    return n
g = spawn(f, 1, k="a")
print(isinstance(g, Greenlet), log)
h = Greenlet(f, 2)
h.start()
h.start()
h.start_later(5)
i = Greenlet.spawn(f, 3, k="c")
log.append("main goes on")
sleep(0)
print(log, [x.value for x in (g, h, i)])
log.clear()
joinall([spawn(f, n) for n in range(6)])
print(log)
def outer():
    log.append("outer")
    spawn(inner, "x")
    log.append("outer still first")
    sleep(0)
    log.append("outer again")
def inner(x): log.append("inner " + x)
log.clear()
spawn(outer).join()
print(log)
print(spawn is gevent.spawn, spawn(lambda *a, **k: (a, sorted(k.items())), 1, 2, z=3).get())
def method_test():
    class C:
        def m(self, x): return x + 1
    return spawn(C().m, 5).get()
print(method_test(), spawn(len, "abc").get(), spawn(print, "printed by a greenlet").get())
