# order: any
# __eq__ gives up control inside list.index, count, remove and in.

from gevent import spawn, sleep, joinall

class E:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        sleep(0)
        return self.n == getattr(o, "n", o)

def work(i):
    l = [E(k) for k in range(6)]
    r = [l.index(3), l.count(2), 5 in l, 9 in l]
    l.remove(1)
    return i, r, [e.n for e in l]

jobs = [spawn(work, i) for i in range(5)]
joinall(jobs)
for j in jobs:
    print(j.value)
