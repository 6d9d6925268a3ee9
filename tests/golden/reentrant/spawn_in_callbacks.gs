# order: any
# Greenlets started and joined inside __eq__, key functions, __iter__ and properties.

from gevent import spawn, sleep, joinall

def later(x):
    sleep(0)
    return x
class E:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return spawn(later, self.n == getattr(o, "n", o)).get()
class It:
    def __iter__(self): return iter([spawn(later, i) for i in range(3)])
class P:
    @property
    def v(self): return spawn(later, 42).get()
    def __getattr__(self, n): return spawn(later, n).get()

def work(i):
    return [E(1), E(i)].index(i), sorted([3, 1, 2], key=lambda x: spawn(later, -x).get()), [g.get() for g in It()], P().v, P().other, max([1, i, 2], key=lambda x: spawn(later, x).get())

jobs = [spawn(work, i) for i in range(2, 5)]
joinall(jobs)
for j in jobs:
    print(j.value)
