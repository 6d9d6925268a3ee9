# rows: QUE-20 QUE-21 QUE-22 QUE-24
# unfinished tasks, task_done, join.

from gevent import spawn, sleep, joinall
from gevent.queue import JoinableQueue, Queue, PriorityQueue, LifoQueue

for cls in (JoinableQueue, Queue, PriorityQueue, LifoQueue):
    q = cls()
    print(cls.__name__, q.unfinished_tasks, q.join(), end=" ")
    q.put(1); q.put(2)
    print(q.unfinished_tasks, q.join(timeout=0.005), end=" ")
    q.get()
    print(q.unfinished_tasks, end=" ")
    q.task_done()
    q.get(); q.task_done()
    print(q.unfinished_tasks, q.join(), end=" ")
    try:
        q.task_done()
    except ValueError as e:
        print(e)
q, log = JoinableQueue(), []
def worker(n):
    while True:
        x = q.get()
        try:
            sleep(0)
            log.append(x)
        finally:
            q.task_done()
ws = [spawn(worker, n) for n in range(3)]
for x in range(7): q.put(x)
print(q.join(), sorted(log), q.unfinished_tasks, q.empty())
waiting = [spawn(q.join) for _ in range(2)]
q.put("more")
joinall(waiting)
print(log[-1], [w.value for w in waiting])
for w in ws: w.kill()
