# rows: TMO-18 TMO-20
# What each waiting call gives when its time is up, and for negative times.

from gevent import Timeout, sleep, spawn, joinall, killall, wait, iwait
from gevent.event import Event, AsyncResult
from gevent.queue import Queue, Channel, Empty, Full
from gevent.lock import Semaphore, RLock
from gevent.pool import Pool, Group

g = spawn(sleep, 5)
r = RLock()
busy = Pool(1)
busy.add(spawn(sleep, 5))
grp = Group()
grp.add(spawn(sleep, 5))
q2 = Queue(); q2.put(1)
for t in (0.005, 0, -1):
    for name, f in (("Event.wait", lambda: Event().wait(t)), ("AsyncResult.wait", lambda: AsyncResult().wait(t)), ("AsyncResult.get", lambda: AsyncResult().get(timeout=t)), ("Greenlet.join", lambda: g.join(t)), ("Greenlet.get", lambda: g.get(timeout=t)), ("joinall", lambda: joinall([g], timeout=t)), ("wait", lambda: wait([g], timeout=t)), ("iwait", lambda: list(iwait([g], timeout=t))), ("Queue.get", lambda: Queue().get(timeout=t)), ("Queue.put", lambda: Queue(1, [0]).put(1, timeout=t)), ("Queue.put with room", lambda: Queue(1).put(1, timeout=t)), ("Queue.peek", lambda: Queue().peek(timeout=t)), ("Queue.join", lambda: q2.join(timeout=t)), ("Semaphore.acquire", lambda: Semaphore(0).acquire(timeout=t)), ("Semaphore.wait", lambda: Semaphore(0).wait(timeout=t)), ("Group.join", lambda: grp.join(timeout=t)), ("Pool.wait_available", lambda: busy.wait_available(timeout=t)), ("Pool.add", lambda: busy.add(spawn(sleep, 0), timeout=t)), ("Channel.get", lambda: Channel().get(timeout=t))):
        try:
            print(t, name, f())
        except (Timeout, Empty, Full, ValueError) as e:
            print(t, name, type(e).__name__, e)
killall([g])
