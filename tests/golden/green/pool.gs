# rows: POL-10 POL-11 POL-12 POL-13 POL-14
# Pool: the limit, free places, full pools.

from gevent import spawn, sleep, get_hub
from gevent.pool import Pool, PoolFull
import gevent.queue
get_hub().exception_stream = None

def job(t, v=None):
    sleep(t)
    return v
p = Pool(2)
print(p.size, p.free_count(), p.full(), len(p), p.wait_available())
log = []
def noisy(n):
    log.append(f"start {n}")
    sleep(0)
    log.append(f"end {n}")
for n in range(4):
    p.spawn(noisy, n)
    log.append(f"spawned {n}")
p.join()
print(log)
p.spawn(job, 0.05); p.spawn(job, 0.05)
print(p.full(), p.free_count(), p.wait_available(timeout=0.005), len(p))
for f in (lambda: p.add(spawn(job, 0), blocking=False), lambda: p.add(spawn(job, 0), timeout=0.005), lambda: p.start(__import__("gevent").Greenlet(job, 0), blocking=False)):
    try:
        f()
    except PoolFull as e:
        print(type(e).__name__, isinstance(e, gevent.queue.Full), str(e) == "")
print(p.wait_available(), p.free_count() > 0)
p.join()
for size in (None,):
    u = Pool(size)
    gs = [u.spawn(job, 0.005, n) for n in range(5)]
    print(u.size, u.full(), u.free_count(), u.wait_available(), len(u))
    u.join()
for bad in (-1, "a"):
    try:
        Pool(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
z = Pool(0)
print(z.full(), z.free_count())
k = Pool(1)
g = k.spawn(job, 5)
sleep(0)
g.kill()
sleep(0)
print(k.free_count(), len(k))
f = k.spawn(lambda: 1 / 0)
f.join(); sleep(0)
print(k.free_count())
n = k.spawn(job, 5)
n.kill()
sleep(0)
print(k.free_count(), k.spawn(job, 0, "works").get())
running, peak = 0, 0
def count(n):
    global running, peak
    running += 1
    peak = max(peak, running)
    sleep(0)
    running -= 1
    return n
p3 = Pool(3)
print(p3.map(count, range(10)), peak)
