# order: any
# A generator begun by one greenlet and continued by another.

from gevent import spawn, sleep, joinall
from gevent.event import AsyncResult

def gen():
    try:
        for i in range(6):
            sleep(0)
            yield i
    finally:
        sleep(0)
        log.append("closed")

log = []
box = AsyncResult()
def first():
    g = gen()
    out = [next(g), next(g)]
    box.set(g)
    return out
def second():
    g = box.get()
    out = [next(g), next(g)]
    g.close()
    return out, next(g, "ended")

a, b = spawn(first), spawn(second)
joinall([a, b])
print(a.value, b.value, log)
