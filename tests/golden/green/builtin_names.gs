# The names of the concurrency library, imported: the same file runs with them as built-ins.

from gevent import spawn, sleep, joinall, Timeout, getcurrent, GreenletExit, Greenlet, killall, spawn_later, with_timeout, wait, iwait
from gevent.event import Event, AsyncResult
from gevent.queue import Queue, LifoQueue, PriorityQueue, JoinableQueue
from gevent.pool import Pool, Group
from gevent.lock import Semaphore, RLock
from gevent.server import StreamServer

done = Event()
def shadow():
    sleep = "a local name hides the other"
    return sleep
def waiter():
    done.wait()
    return "woken"
g = spawn(waiter)
spawn_later(0.001, done.set)
print(g.get(), shadow(), with_timeout(1, lambda: 5), Pool(2).map(lambda x: x * 2, [1, 2]), [c.__name__ for c in (Timeout, GreenletExit, Greenlet, Event, AsyncResult, Queue, LifoQueue, PriorityQueue, Pool, Group, Semaphore, StreamServer)])
