# order: any
# __hash__ gives up control while dicts and sets are built and searched.

from gevent import spawn, sleep, joinall

class H:
    def __init__(self, n): self.n = n
    def __hash__(self):
        sleep(0)
        return hash(self.n)
    def __eq__(self, o): return self.n == o.n

shared = {}
def work(i):
    own = {H(k): k for k in range(5)}
    shared[H(i)] = i
    t = hash((H(1), H(2))) == hash((1, 2))
    return sorted(own.values()), H(3) in own, own.pop(H(4)), len({H(1), H(1)}), t, frozenset([H(1)]) == frozenset([H(1)])

jobs = [spawn(work, i) for i in range(5)]
joinall(jobs)
print(len(shared), sorted(shared.values()), all(j.value == jobs[0].value for j in jobs))
print(jobs[0].value)
