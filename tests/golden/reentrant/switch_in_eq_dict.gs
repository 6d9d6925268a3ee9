# order: any
# __eq__ gives up control inside look-ups of a dict that others fill meanwhile.

from gevent import spawn, sleep, joinall

class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return self.n % 3
    def __eq__(self, o):
        sleep(0)
        return self.n == o.n

d = {}
def work(i):
    for k in range(8):
        d[K(i * 100 + k)] = i
    return sum(d[K(i * 100 + k)] == i for k in range(8))

jobs = [spawn(work, i) for i in range(6)]
joinall(jobs)
print([j.value for j in jobs], len(d), sorted(k.n for k in d) == sorted(i * 100 + k for i in range(6) for k in range(8)))
