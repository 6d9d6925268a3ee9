# threading and queue after patch_all: threads are greenlets.

from gevent import monkey
monkey.patch_all()
import threading, queue, time
log, lock = [], threading.Lock()
def work(n):
    time.sleep(0.03 * n)
    with lock: log.append(n)
ts = [threading.Thread(target=work, args=(n,), name=f"t{n}") for n in (3, 1, 2)]
for t in ts: t.start()
for t in ts: t.join()
print(log, [t.is_alive() for t in ts], ts[0].name, threading.current_thread().name, threading.active_count())
q, out = queue.Queue(2), []
def consumer():
    while (x := q.get()) is not None: out.append(x); q.task_done()
c = threading.Thread(target=consumer, daemon=True)
c.start()
for x in range(5): q.put(x)
q.join(); q.put(None); c.join()
print(out, q.empty())
e = threading.Event()
threading.Timer(0.002, e.set).start()
print(e.wait(5), e.is_set(), threading.Event().wait(0.001))
l = threading.local()
l.x = 1
def see(): out.append(hasattr(l, "x"))
t = threading.Thread(target=see); t.start(); t.join()
print(out[-1], l.x)
cond, items = threading.Condition(), []
def waiter():
    with cond:
        while not items: cond.wait()
        log.append(items.pop())
t = threading.Thread(target=waiter); t.start()
with cond: items.append("item"); cond.notify()
t.join()
r = threading.RLock()
with r, r: print(log[-1], lock.acquire(), lock.locked(), lock.release(), lock.acquire(timeout=0.001))
s = threading.Semaphore(1)
print(s.acquire(), s.acquire(blocking=False), s.release())
