# order: any
# __lt__ gives up control inside list.sort, sorted, min and max.

from gevent import spawn, sleep, joinall

class V:
    def __init__(self, n): self.n = n
    def __lt__(self, o):
        sleep(0)
        return self.n < o.n
    def __gt__(self, o):
        sleep(0)
        return self.n > o.n

def work(i):
    l = [V((k * 7 + i) % 10) for k in range(10)]
    m = min(l).n, max(l).n
    l.sort()
    return [v.n for v in l], m, [v.n for v in sorted(l, reverse=True)]

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
