# order: any
# extend and slice assignment from generators that switch; others see a whole list at the end.

from gevent import spawn, sleep, joinall

def slow(xs):
    for x in xs:
        sleep(0)
        yield x

def work(i):
    l = [0]
    l.extend(slow(range(i)))
    l += slow("ab")
    l[1:1] = slow([7, 8])
    l[::-1] = slow(l[:])
    return l

jobs = [spawn(work, i) for i in range(5)]
joinall(jobs)
for j in jobs:
    print(j.value)
shared = []
joinall([spawn(shared.extend, slow([n] * 5)) for n in range(4)])
print(sorted(shared))
