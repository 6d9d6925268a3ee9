# A value that was put for a waiting greenlet which is killed, or whose time is over, before it runs goes to another.

import gevent
from gevent import Timeout
from gevent.queue import Queue, Channel
from gevent.lock import Semaphore, BoundedSemaphore
from gevent.event import AsyncResult, Event

def run(title, make, put, get):
    thing = make()
    seen = []
    def receive(name):
        try:
            seen.append((name, get(thing)))
        except gevent.GreenletExit:
            seen.append((name, "killed"))
            raise
    first, second = gevent.spawn(receive, "first"), gevent.spawn(receive, "second")
    gevent.sleep(0)
    put(thing)
    first.kill(block=False)
    gevent.sleep(0.01)
    put(thing)
    gevent.joinall([first, second], timeout=1)
    print(title, sorted(seen))

run("queue", Queue, lambda q: q.put(1), lambda q: q.get())
run("semaphore", lambda: Semaphore(0), lambda s: s.release(), lambda s: s.acquire())

q = Queue()
def with_timeout():
    try:
        with Timeout(0.02):
            return q.get()
    except Timeout:
        return "late"
g = gevent.spawn(with_timeout)
gevent.sleep(0.05)
q.put("kept")
print(g.get(), q.qsize(), q.get())

s = Semaphore(1)
def hold():
    with s:
        gevent.sleep(0.01)
def want():
    with s:
        return "had it"
holder, a, b = gevent.spawn(hold), gevent.spawn(want), gevent.spawn(want)
gevent.sleep(0)
a.kill()
gevent.joinall([holder, b])
print(b.value, s.counter, a.successful(), isinstance(a.value, gevent.GreenletExit))

# A full queue: the one that waits to put is killed.
q = Queue(1)
q.put("first")
putters = [gevent.spawn(q.put, n) for n in range(3)]
gevent.sleep(0)
putters[0].kill()
got = [q.get() for _ in range(3)]
gevent.joinall(putters)
print(got, q.qsize(), [p.ready() for p in putters])
