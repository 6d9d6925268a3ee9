# rows: QUE-07 QUE-08 QUE-19
# peek, negative timeouts, copies and items.

from gevent import spawn, sleep
from gevent.queue import Queue, LifoQueue, PriorityQueue, Empty

q = Queue(items=[1, 2])
print(q.peek(), q.peek_nowait(), q.qsize(), q.get(), q.peek())
q.get()
for f in (q.peek_nowait, lambda: q.peek(block=False), lambda: q.peek(timeout=0.005)):
    try:
        f()
    except Empty:
        print("Empty", end=" ")
print()
g = spawn(q.peek)
sleep(0)
q.put("seen")
print(g.get(), q.qsize())
for f in (lambda: Queue().get(timeout=-1), lambda: Queue().put(1, timeout=-1), lambda: Queue().peek(timeout=-1)):
    try:
        f()
    except ValueError as e:
        print(e)
o = Queue(5, [1, 2, 3])
c = o.copy()
c.get()
print(o.qsize(), c.qsize(), c.maxsize, type(c).__name__)
print(LifoQueue(items=[1, 2, 3]).peek(), PriorityQueue(items=[3, 1, 2]).peek())
