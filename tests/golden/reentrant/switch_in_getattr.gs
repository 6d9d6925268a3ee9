# order: any
# __getattr__, __getattribute__, __setattr__ and __delattr__ give up control.

from gevent import spawn, sleep, joinall

class A:
    def __init__(self, i): self.i = i
    def __getattr__(self, n):
        sleep(0)
        if n == "bad": raise AttributeError("bad")
        return f"{n}{self.i}"
    def __setattr__(self, n, v):
        sleep(0)
        object.__setattr__(self, n, v)
    def __delattr__(self, n):
        sleep(0)
        object.__delattr__(self, n)
class B:
    def __getattribute__(self, n):
        sleep(0)
        return object.__getattribute__(self, n)
    def m(self, x): return x + 1

def work(i):
    a, b = A(i), B()
    a.x = 5
    a.x += i
    b.y = i
    r = [a.x, a.virtual, hasattr(a, "bad"), getattr(a, "bad", "default"), b.m(b.y)]
    del a.x
    return r + [a.x]

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
