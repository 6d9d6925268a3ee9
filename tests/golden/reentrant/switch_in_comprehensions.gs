# order: any
# Comprehensions of all kinds whose parts give up control.

from gevent import spawn, sleep, joinall

def v(x):
    sleep(0)
    return x

def work(i):
    return [v(x) for x in v(range(3)) if v(x) != 1], {v(k): v(k * i) for k in range(3)}, {v(x % 2) for x in range(5)}, list(v(x) for x in range(i)), [(v(a), v(b)) for a in range(2) for b in v([a, i])], [[v(y) for y in range(x)] for x in range(3)], [f() for f in [lambda x=x: v(x) + i for x in range(3)]], [w := v(5), w + i], sum(v(x) for x in range(4))

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
