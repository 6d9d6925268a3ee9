# rows: LCK-10 LCK-11 LCK-12
# RLock: owners, nesting, other greenlets.

from gevent import spawn, sleep, joinall
from gevent.lock import RLock

r = RLock()
print(bool(r.acquire()), bool(r.acquire()), r.release(), r.release())
try:
    r.release()
except RuntimeError as e:
    print(str(e)[:34])
log = []
def other():
    log.append(("nonblocking", r.acquire(blocking=False)))
    log.append(("timeout", r.acquire(timeout=0.005)))
    try:
        r.release()
    except RuntimeError:
        log.append("not the owner")
    with r:
        log.append("got it")
with r:
    with r:
        g = spawn(other)
        sleep(0.05)
    log.append("one level left")
g.join()
print(log)
depth = []
def rec(n):
    with r:
        depth.append(n)
        if n: rec(n - 1)
rec(5)
print(depth)
total = 0
def add():
    global total
    for _ in range(5):
        with r:
            v = total
            sleep(0)
            with r:
                total = v + 1
joinall([spawn(add) for _ in range(4)])
print(total)
