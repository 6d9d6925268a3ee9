# order: any
# Binary, reflected, in-place, unary and comparison methods give up control.

from gevent import spawn, sleep, joinall

class N:
    def __init__(self, n): self.n = n
    def __add__(self, o):
        sleep(0)
        return NotImplemented if isinstance(o, str) else N(self.n + getattr(o, "n", o))
    def __radd__(self, o):
        sleep(0)
        return N(o + self.n)
    def __imul__(self, o):
        sleep(0)
        self.n *= o
        return self
    def __neg__(self):
        sleep(0)
        return N(-self.n)
    def __lt__(self, o):
        sleep(0)
        return self.n < getattr(o, "n", o)
    def __eq__(self, o):
        sleep(0)
        return self.n == getattr(o, "n", o)
    def __divmod__(self, o):
        sleep(0)
        return divmod(self.n, o)

def work(i):
    a, b = N(i), N(2)
    a *= 3
    try:
        a + "x"
    except TypeError as e:
        err = str(e)
    return (a + b).n, (1 + a).n, (-a).n, a < b < 100, a == i * 3, divmod(a, 2), sum([N(1), N(2), 3]).n, err

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
