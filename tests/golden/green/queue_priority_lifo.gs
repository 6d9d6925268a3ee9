# rows: QUE-16 QUE-17
# PriorityQueue and LifoQueue.

from gevent import spawn, sleep, joinall
from gevent.queue import PriorityQueue, LifoQueue

p = PriorityQueue(items=[5, 1, 4])
p.put(2); p.put(3)
print([p.get() for _ in range(5)])
p = PriorityQueue()
for x in ((2, "b"), (1, "z"), (2, "a")): p.put(x)
print([p.get() for _ in range(3)])
p.put(1)
try:
    p.put("a")
    p.get(); p.get()
except TypeError as e:
    print("TypeError")
l = LifoQueue(items=[1, 2])
l.put(3)
print(l.peek(), [l.get() for _ in range(3)])
class Task:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n > o.n
p = PriorityQueue(items=[Task(1), Task(5), Task(3)])
print([p.get().n for _ in range(3)])
q = PriorityQueue(2)
def put(x): q.put(x)
gs = [spawn(put, x) for x in (3, 1, 2)]
sleep(0)
out = [q.get() for _ in range(3)]
joinall(gs)
print(sorted(out), out[0])
