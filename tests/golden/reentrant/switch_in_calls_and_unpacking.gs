# order: any
# Arguments, defaults, star arguments and unpacking targets that give up control.

from gevent import spawn, sleep, joinall

def v(x):
    sleep(0)
    return x
def slow(xs):
    for x in xs:
        sleep(0)
        yield x
class Map:
    def keys(self): return slow(["p", "q"])
    def __getitem__(self, k): return v(k * 2)
class Target:
    def __setattr__(self, k, x):
        sleep(0)
        object.__setattr__(self, k, x)
    def __setitem__(self, k, x):
        sleep(0)
        self.__dict__[k] = x
def f(*a, **k): return a, sorted(k.items())

def work(i):
    def g(x=v(i), *, y=v(i + 1)): return x, y
    t = Target()
    t.a, t["b"], *t.c = slow([v(1), 2, 3, 4])
    (x, (y, *z)) = v((1, slow([2, 3])))
    return f(v(1), *slow([2, i]), k=v(3), **Map()), g(), sorted(vars(t).items()), x, y, z, (lambda *a: a)(*slow(range(3))), {**Map()}, [*slow("ab"), *slow("cd")], max(*slow([1, i, 2])), print if not v(1) else "ok"

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
