# rows: QUE-25 QUE-26 QUE-27
# shutdown of queues: later puts, draining, waiting greenlets.

from gevent import spawn, sleep, joinall, get_hub
from gevent.queue import Queue, ShutDown
get_hub().exception_stream = None

q = Queue(items=[1, 2])
q.shutdown()
print(q.is_shutdown)
try:
    q.put(3)
except ShutDown as e:
    print("put:", type(e).__name__, isinstance(e, Exception))
print(q.get(), q.get())
try:
    q.get()
except ShutDown:
    print("get: ShutDown")
q.shutdown()
i = Queue(items=[1, 2])
i.shutdown(immediate=True)
try:
    i.get()
except ShutDown:
    print("immediate:", i.qsize(), i.join())
g, full = Queue(), Queue(1, [0])
ws = [spawn(g.get), spawn(full.put, 1)]
sleep(0)
g.shutdown(); full.shutdown()
joinall(ws)
print([type(w.exception).__name__ for w in ws])
