# order: any
# __repr__ and __str__ give up control: containers print whole.

from gevent import spawn, sleep, joinall

class R:
    def __init__(self, n): self.n = n
    def __repr__(self):
        sleep(0)
        return f"R{self.n}"
    def __str__(self):
        sleep(0)
        return f"S{self.n}"

def work(i):
    return repr([R(i), (R(i),)]), str({i: R(i)}), f"{R(i)} {R(i)!r}", "%s %r" % (R(i), R(i)), "{} {!r}".format(R(i), R(i))

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
