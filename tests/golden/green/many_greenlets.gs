# A few thousand greenlets: spawning, sleeping, passing a token around.

from gevent import spawn, sleep, joinall
from gevent.event import Event
from gevent.queue import Channel, Queue

gs = [spawn(lambda n: (sleep(0), n)[1], n) for n in range(3000)]
joinall(gs)
print(sum(g.value for g in gs), all(g.successful() for g in gs))
count = 0
go = Event()
def waiter():
    global count
    go.wait()
    count += 1
gs = [spawn(waiter) for _ in range(2000)]
sleep(0)
go.set()
joinall(gs)
print(count)
def relay(src, dst):
    for x in src: dst.put(x + 1)
first = src = Queue()
for _ in range(200):
    dst = Queue()
    spawn(relay, src, dst)
    src = dst
for i in range(5): first.put(i)
print([src.get() for _ in range(5)])
def tree(n): return 1 if n == 0 else sum(g.get() for g in [spawn(tree, n - 1) for _ in range(2)])
print(tree(9))
