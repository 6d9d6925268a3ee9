# Several producers and consumers over a bounded queue; everything arrives once.

from gevent import spawn, sleep, joinall
from gevent.queue import Queue, JoinableQueue

q, out = Queue(3), []
def producer(n):
    for i in range(5):
        q.put((n, i))
        sleep(0)
def consumer(n):
    while True:
        item = q.get()
        if item is None: return n
        out.append(item)
ps = [spawn(producer, n) for n in range(3)]
cs = [spawn(consumer, n) for n in range(2)]
joinall(ps)
for _ in cs: q.put(None)
joinall(cs)
print(sorted(out) == [(n, i) for n in range(3) for i in range(5)], [c.value for c in cs], q.qsize())
print([i for n, i in out if n == 0], [i for n, i in out if n == 1])
stages = [Queue() for _ in range(4)]
def stage(i, f):
    for x in stages[i]:
        stages[i + 1].put(f(x))
    stages[i + 1].put(StopIteration)
for i, f in enumerate((lambda x: x + 1, lambda x: x * 2, str)): spawn(stage, i, f)
for x in range(5): stages[0].put(x)
stages[0].put(StopIteration)
print(list(stages[-1]))
jq = JoinableQueue()
seen = []
def crawl():
    while True:
        url, depth = jq.get()
        seen.append(url)
        if depth < 2:
            for k in range(2): jq.put((f"{url}/{k}", depth + 1))
        sleep(0)
        jq.task_done()
ws = [spawn(crawl) for _ in range(3)]
jq.put(("root", 0))
jq.join()
print(sorted(seen), jq.unfinished_tasks)
for w in ws: w.kill()
