# A producer and a consumer.

from gevent import spawn, joinall
from gevent.queue import Queue

q = Queue(1)
def produce():
    for i in range(3):
        q.put(i)
    q.put(None)
def consume():
    while (x := q.get()) is not None:
        print("got", x)
joinall([spawn(produce), spawn(consume)])
