# order: any
# iter with a sentinel, next with a default, reversed and enumerate over things that switch.

from gevent import spawn, sleep, joinall

class Call:
    def __init__(self): self.n = 0
    def __call__(self):
        sleep(0)
        self.n += 1
        return self.n
class Rev:
    def __reversed__(self):
        sleep(0)
        return iter("rev")
class Eq:
    def __eq__(self, o):
        sleep(0)
        return o == 4

def work(i):
    c = Call()
    it = iter(Call(), 3)
    return list(iter(c, 4)), list(iter(Call(), Eq())), "".join(reversed(Rev())), next(it), next(it), next(it, "end"), [x for x, _ in zip(iter(Call(), -1), range(i))]

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
