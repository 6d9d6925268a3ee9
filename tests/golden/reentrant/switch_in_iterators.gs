# order: any
# __iter__ and __next__ give up control inside list(), sum(), tuple(), unpacking and for.

from gevent import spawn, sleep, joinall

class Slow:
    def __init__(self, n): self.n = n
    def __iter__(self):
        sleep(0)
        self.i = 0
        return self
    def __next__(self):
        sleep(0)
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i

def work(i):
    a, *b = Slow(3)
    out = [list(Slow(i)), sum(Slow(4)), tuple(Slow(2)), a, b, max(Slow(3)), sorted(Slow(3), reverse=True), ",".join(map(str, Slow(3))), [*Slow(2)], set(Slow(3)), 2 in Slow(3)]
    for x in Slow(2): out.append(x)
    return out

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
