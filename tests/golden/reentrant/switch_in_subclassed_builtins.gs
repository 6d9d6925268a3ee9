# order: any
# Overridden methods of dict, list, str and int subclasses that switch when built-ins call them.

from gevent import spawn, sleep, joinall

class D(dict):
    def __getitem__(self, k):
        sleep(0)
        return super().__getitem__(k) + 1
    def keys(self):
        sleep(0)
        return super().keys()
class L(list):
    def __iter__(self):
        for x in super().__iter__():
            sleep(0)
            yield x * 2
    def append(self, x):
        sleep(0)
        super().append(x)
class S(str):
    def __eq__(self, o):
        sleep(0)
        return str.__eq__(self, o)
    def __hash__(self):
        sleep(0)
        return str.__hash__(self)
class N(int):
    def __add__(self, o):
        sleep(0)
        return N(int(self) + int(o))

def work(i):
    l = L([1, 2])
    l.append(i)
    d = {S("a"): 1, S("b"): 2}
    d[S("a")] = i
    x = N(i)
    x += 5
    return D(a=i)["a"], "%(a)s" % D(a=i), list(l), sum(l), d["a"], len(d), S("b") in d, type(x).__name__, x, sorted(l), [*l]

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
