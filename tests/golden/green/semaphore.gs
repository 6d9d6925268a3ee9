# rows: LCK-01 LCK-02 LCK-03 LCK-04 LCK-05 LCK-07 LCK-08
# Semaphore and BoundedSemaphore.

from gevent import spawn, sleep, joinall
from gevent.lock import Semaphore, BoundedSemaphore

s = Semaphore(2)
print(s.acquire(), s.counter, s.acquire(blocking=False), s.locked(), s.ready(), s.acquire(blocking=False), s.acquire(timeout=0.005), s.release(), s.counter, s.locked())
s = Semaphore()
with s as got:
    print(got, s.locked())
print(s.locked())
log = []
def worker(n):
    for _ in range(2):
        with s:
            log.append(n)
            sleep(0)
        sleep(0)
joinall([spawn(worker, n) for n in range(3)])
print(log)
active, peak = 0, 0
p = Semaphore(2)
def limited(n):
    global active, peak
    with p:
        active += 1
        peak = max(peak, active)
        sleep(0.005)
        active -= 1
joinall([spawn(limited, n) for n in range(6)])
print(peak, active, p.counter)
for bad in (-1, "a"):
    try:
        Semaphore(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
b = BoundedSemaphore(1)
b.acquire(); b.release()
try:
    b.release()
except ValueError as e:
    print(e)
order = []
z = Semaphore(0)
gs = [spawn(lambda n=n: (z.acquire(), order.append(n))) for n in range(4)]
sleep(0)
for _ in range(4): z.release()
joinall(gs)
print(order, z.counter)
try:
    with s:
        raise KeyError("released all the same")
except KeyError as e:
    print(e, s.locked())
k = spawn(Semaphore(0).acquire)
sleep(0)
k.kill()
print(k.dead, Semaphore(3).wait(), Semaphore(0).wait(timeout=0.005))
