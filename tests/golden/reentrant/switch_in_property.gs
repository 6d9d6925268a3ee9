# order: any
# Properties and descriptors give up control while class attributes are replaced.

from gevent import spawn, sleep, joinall

class P:
    def __init__(self, v): self._v = v
    @property
    def v(self):
        sleep(0)
        return self._v
    @v.setter
    def v(self, x):
        sleep(0)
        self._v = x
class D:
    def __get__(self, o, c):
        sleep(0)
        return "class" if o is None else o.__dict__.get("d", "unset")
    def __set__(self, o, v):
        sleep(0)
        o.__dict__["d"] = v
    def __set_name__(self, o, n): sleep(0)

def work(i):
    class C(P):
        d = D()
    c = C(i)
    c.v += 10
    r = [c.v, c.d, C.d]
    c.d = i
    C.extra = i * 2
    return r + [c.d, c.extra]

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
