# order: any
# Several greenlets store under equal keys while __eq__ switches: one entry remains.

from gevent import spawn, sleep, joinall

class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, o):
        sleep(0)
        return self.n == o.n

d, s = {}, set()
def work(i):
    for k in range(5):
        d[K(k)] = "value"
        s.add(K(k))
        d.setdefault(K(k), "other")
    return len({K(1), K(1), K(2)})

jobs = [spawn(work, i) for i in range(5)]
joinall(jobs)
print([j.value for j in jobs], sorted({k.n for k in d}), sorted({k.n for k in s}), set(d.values()))
