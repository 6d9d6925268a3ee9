# order: any
# dict.update, dict(), fromkeys and set.update from iterators that switch.

from gevent import spawn, sleep, joinall

def slow(xs):
    for x in xs:
        sleep(0)
        yield x

shared, common = {}, set()
def work(i):
    d = dict(slow([("a", i), ("b", 2)]))
    d.update(slow([("c", 3)]))
    shared.update(slow([((i, k), k) for k in range(4)]))
    common.update(slow(range(i, i + 3)))
    return d, dict.fromkeys(slow("xy"), i), {k: v for k, v in slow([(1, i)])}

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
print(sorted(shared.items()) == sorted(((i, k), k) for i in range(4) for k in range(4)), sorted(common))
