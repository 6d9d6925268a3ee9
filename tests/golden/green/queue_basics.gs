# rows: QUE-01 QUE-02 QUE-03 QUE-04 QUE-05 QUE-06
# Queue: order, sizes, blocking, timeouts, the exception classes.

import queue as std
from gevent import spawn, sleep, joinall
from gevent.queue import Queue, Empty, Full

q = Queue()
print(q.maxsize, q.qsize(), len(q), q.empty(), q.full(), bool(q), Empty is std.Empty, Full is std.Full)
for x in "abc": q.put(x)
print(q.qsize(), q.full(), q.get(), q.get(), q.get(), q.empty())
b = Queue(maxsize=2)
b.put(1); b.put(2)
print(b.full(), b.maxsize, len(b))
for f in (lambda: b.put(3, block=False), lambda: b.put_nowait(3), lambda: b.put(3, timeout=0.005), lambda: b.put(3, False, 5)):
    try:
        f()
    except Full as e:
        print(type(e).__name__, str(e) == "", end=" ")
print(b.get(), b.get())
for f in (lambda: b.get(block=False), b.get_nowait, lambda: b.get(timeout=0.005), lambda: b.get(False, 5)):
    try:
        f()
    except Empty as e:
        print(type(e).__name__, end=" ")
print()
print(Queue(items=[1, 2]).get(), Queue(3, [9]).qsize(), Queue(None).maxsize)
log = []
def producer():
    for i in range(5):
        c.put(i)
        log.append(f"put {i}")
def consumer():
    for _ in range(5):
        log.append(f"got {c.get()}")
c = Queue(2)
joinall([spawn(producer), spawn(consumer)])
print(log)
def delayed():
    sleep(0.01)
    q.put("late")
spawn(delayed)
print(q.get(), q.get(timeout=1) if q.qsize() else "empty again")
for bad in ("a", 1.5):
    try:
        Queue(bad)
    except TypeError:
        print("TypeError")
