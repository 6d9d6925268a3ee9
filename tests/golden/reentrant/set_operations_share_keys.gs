# order: any
# Set operations on shared sets whose elements' __eq__ switches.

from gevent import spawn, sleep, joinall

class K:
    def __init__(self, n): self.n = n
    def __hash__(self): return self.n % 2
    def __eq__(self, o):
        sleep(0)
        return self.n == o.n

a, b = {K(i) for i in range(4)}, {K(i) for i in range(2, 6)}
def ids(s): return sorted(k.n for k in s)
jobs = [spawn(f) for f in (lambda: ids(a & b), lambda: ids(a | b), lambda: ids(a - b), lambda: ids(a ^ b), lambda: a <= b, lambda: a == b, lambda: {K(2), K(3)} <= b, lambda: a.isdisjoint({K(9)}), lambda: ids(frozenset(a).intersection(b)), lambda: K(3) in a)]
joinall(jobs)
for j in jobs:
    print(j.value)
