# order: any
# Read, switch, write loses updates; with a semaphore nothing is lost.

from gevent import spawn, sleep, joinall
from gevent.lock import Semaphore, BoundedSemaphore, RLock

for lock in (Semaphore(1), BoundedSemaphore(1), RLock()):
    value = 0
    def safe():
        global value
        for _ in range(10):
            with lock:
                v = value
                sleep(0)
                value = v + 1
    joinall([spawn(safe) for _ in range(8)])
    print(type(lock).__name__, value)
