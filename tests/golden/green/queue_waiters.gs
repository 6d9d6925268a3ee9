# rows: QUE-09 QUE-10 QUE-11
# Blocked getters and putters are served in order; iteration ends at StopIteration.

from gevent import spawn, sleep, joinall
from gevent.queue import Queue, LifoQueue, PriorityQueue, Channel

q, log = Queue(), []
gs = [spawn(lambda n=n: log.append((n, q.get()))) for n in range(4)]
sleep(0)
for x in "abcd": q.put(x)
joinall(gs)
print(log)
log.clear()
q = Queue(1)
q.put("first")
ps = [spawn(lambda n=n: (q.put(n), log.append(n))) for n in range(4)]
sleep(0)
got = [q.get() for _ in range(5)]
joinall(ps)
print(got, log)
q = Queue()
for x in (1, 2, StopIteration, 3): q.put(x)
print(list(q), q.qsize())
def feed(q):
    for x in range(4):
        q.put(x)
        sleep(0)
    q.put(StopIteration)
spawn(feed, q)
print([x for x in q][:5])
c = Channel()
spawn(feed, c)
print([x for x in c])
workers = Queue()
done = []
def worker(n):
    for job in workers:
        done.append((n, job))
        sleep(0)
ws = [spawn(worker, n) for n in range(2)]
for j in range(5): workers.put(j)
for w in ws: workers.put(StopIteration)
joinall(ws)
print(done)
