# rows: TMO-08 QUE-18
# A timeout during queue, lock, event and join waits leaves the objects usable.

from gevent import Timeout, sleep, spawn
from gevent.queue import Queue
from gevent.lock import Semaphore, RLock
from gevent.event import Event, AsyncResult

q, full = Queue(), Queue(1, ["first"])
s, e, a = Semaphore(0), Event(), AsyncResult()
r = RLock()
def hold():
    with r: sleep(0.1)
h = spawn(hold)
sleep(0)
g = spawn(sleep, 5)
for name, f in (("get", q.get), ("put", lambda: full.put("second")), ("peek", q.peek), ("acquire", s.acquire), ("rlock", r.acquire), ("event", e.wait), ("result", a.get), ("join", g.join), ("gget", g.get)):
    try:
        with Timeout(0.005):
            f()
        print(name, "not reached")
    except Timeout:
        print(name, "timed out")
q.put(1)
print(q.get(), q.qsize(), full.get(), full.qsize())
full.put("third")
print(full.get())
s.release()
print(s.acquire(timeout=0.05), s.counter)
h.join()
print(bool(r.acquire(blocking=False)), r.release())
e.set(); a.set(5)
print(e.wait(), a.get())
g.kill()
print(g.dead)
order = []
def getter(n):
    try:
        with Timeout(0.015 if n == 1 else 5):
            order.append((n, q.get()))
    except Timeout:
        order.append((n, "timeout"))
gs = [spawn(getter, n) for n in range(3)]
sleep(0.05)
q.put("a"); q.put("b"); q.put("c")
sleep(0.005)
print(order, q.qsize())
k = spawn(q.get)
print(k.get(), q.qsize())
k1, k2 = spawn(q.get), spawn(q.get)
sleep(0)
k1.kill()
q.put("for k2")
print(k2.get(), q.qsize())
