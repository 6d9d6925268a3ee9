# order: any
# map, filter and zip with functions and inputs that switch.

from gevent import spawn, sleep, joinall

def double(x):
    sleep(0)
    return x * 2
def odd(x):
    sleep(0)
    return x % 2
def slow(xs):
    for x in xs:
        sleep(0)
        yield x

def work(i):
    return list(map(double, slow(range(i)))), list(filter(odd, range(i + 3))), list(zip(slow("abc"), map(double, slow(range(9))))), list(enumerate(slow("xy"))), any(map(odd, [0, 2, i])), all(filter(odd, slow([1, 3])))

jobs = [spawn(work, i) for i in range(5)]
joinall(jobs)
for j in jobs:
    print(j.value)
