# order: any
# Decorators, closures with nonlocal and defaults made at the same time in several greenlets.

from gevent import spawn, sleep, joinall

def deco(tag):
    sleep(0)
    def wrap(f):
        sleep(0)
        def inner(*a):
            sleep(0)
            return tag, f(*a)
        return inner
    return wrap

def work(i):
    count = 0
    @deco(i)
    @deco(-i)
    def f(x):
        nonlocal count
        count += 1
        sleep(0)
        return x + count
    def make():
        n = 0
        def step():
            nonlocal n
            sleep(0)
            n += i
            return n
        return step
    a, b = make(), make()
    return f(10), f(20), count, [a(), a(), b()], [g() for g in [lambda k=k: (sleep(0), k * i)[1] for k in range(3)]]

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
