# order: any
# __format__ gives up control inside f-strings, format and str.join.

from gevent import spawn, sleep, joinall

class F:
    def __init__(self, n): self.n = n
    def __format__(self, spec):
        sleep(0)
        return f"<{self.n}{spec}>"
def width(n):
    sleep(0)
    return n

def work(i):
    parts = (f"{F(k)}" for k in range(3))
    return f"{F(i)} {F(i):x} {i:{width(4)}} {F(i):{F(9)}}", "{} {:>3} {k:z}".format(F(i), i, k=F(i)), "-".join(parts), format(F(i), "q")

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
