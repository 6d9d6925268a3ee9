# rows: QUE-12 QUE-13 QUE-14
# Channel: put waits for the taker.

from gevent import spawn, sleep, joinall
from gevent.queue import Channel, Empty, Full

c, log = Channel(), []
print(c.empty(), c.full(), c.qsize())
def putter():
    for i in range(3):
        log.append(f"putting {i}")
        c.put(i)
        log.append(f"put {i}")
def getter():
    for i in range(3):
        sleep(0.005)
        log.append(f"got {c.get()}")
joinall([spawn(putter), spawn(getter)])
print(log)
for f in (c.get_nowait, lambda: c.put_nowait(1), lambda: c.get(timeout=0.005), lambda: c.put(1, timeout=0.005), lambda: c.get(block=False)):
    try:
        f()
    except (Empty, Full) as e:
        print(type(e).__name__, end=" ")
print(c.qsize())
g = spawn(c.get)
sleep(0)
c.put_nowait("direct")
print(g.get())
p = spawn(c.put, "waiting")
sleep(0)
print(c.get_nowait(), p.ready() or p.join() or p.ready())
k = spawn(c.put, "killed putter")
sleep(0)
k.kill()
try:
    c.get_nowait()
except Empty:
    print("nothing left behind")
gs = [spawn(c.get) for _ in range(3)]
sleep(0)
for x in "xyz": c.put(x)
print([g.get() for g in gs])
