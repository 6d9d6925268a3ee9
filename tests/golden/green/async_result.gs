# rows: EVT-10 EVT-11 EVT-12 EVT-13 EVT-14 EVT-17
# AsyncResult: states, several waiters, exceptions, timeouts.

from gevent import spawn, sleep, joinall, Timeout
from gevent.event import AsyncResult

a = AsyncResult()
print(a.ready(), a.successful(), a.value, a.exception)
log = []
gs = [spawn(lambda n=n: log.append((n, a.get()))) for n in range(3)]
sleep(0)
a.set("value")
joinall(gs)
print(log, a.ready(), a.successful(), a.value, a.get(), a.wait(), a.get_nowait(), a.get(block=False))
b = AsyncResult()
err = ValueError("stored")
print(b.set_exception(err))
for f in (b.get, b.get_nowait, lambda: b.get(timeout=1)):
    try:
        f()
    except ValueError as e:
        print(e is err, end=" ")
print(b.ready(), b.successful(), b.exception is err, b.wait(), b.value)
c = AsyncResult()
for f in (c.get_nowait, lambda: c.get(block=False), lambda: c.get(timeout=0.005)):
    try:
        f()
    except Timeout as t:
        print(type(t).__name__, end=" ")
print(c.wait(0.005), c.wait(timeout=0))
d = AsyncResult()
d.set()
print(d.get(), d.successful())
e = AsyncResult()
waiters = [spawn(e.get) for _ in range(2)]
from gevent import get_hub
get_hub().exception_stream = None
sleep(0)
e.set_exception(KeyError("k"))
joinall(waiters)
print([repr(w.exception) for w in waiters], waiters[0].exception is waiters[1].exception)
def chain(src, dst): dst.set(src.get() + 1)
rs = [AsyncResult() for _ in range(6)]
for x, y in zip(rs, rs[1:]): spawn(chain, x, y)
rs[0].set(0)
print(rs[-1].get())
order = []
f = AsyncResult()
for n in range(4): spawn(lambda n=n: (f.wait(), order.append(n)))
sleep(0)
f.set(1)
sleep(0.005)
print(order)
l = []
f.rawlink(lambda r: l.append(r.value))
sleep(0.005)
print(l)
