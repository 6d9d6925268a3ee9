# order: any
# Each greenlet runs its own generators, with yield from, send and throw, switching inside.

from gevent import spawn, sleep, joinall

def inner(n):
    got = []
    for i in range(n):
        sleep(0)
        try:
            got.append((yield i))
        except KeyError:
            sleep(0)
            got.append("key")
    return got
def outer(n):
    r = yield from inner(n)
    sleep(0)
    yield r

def work(n):
    g = outer(n)
    out = [next(g)]
    for i in range(n - 1):
        sleep(0)
        out.append(g.send(i) if i % 2 else g.throw(KeyError()))
    out.append(g.send("last"))
    g.close()
    return out, [x * y for x in inner(2) for y in inner(3)], sum(x for x in inner(4))

jobs = [spawn(work, n) for n in (2, 3, 4)]
joinall(jobs)
for j in jobs:
    print(j.value)
