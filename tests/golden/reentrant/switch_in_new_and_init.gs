# order: any
# __new__, __init__, metaclass __call__ and __init_subclass__ give up control.

from gevent import spawn, sleep, joinall

class Meta(type):
    def __call__(cls, *a):
        sleep(0)
        return super().__call__(*a)
    def __new__(m, n, b, ns, **k):
        sleep(0)
        return super().__new__(m, n, b, ns)
class Base(metaclass=Meta):
    def __new__(cls, *a):
        sleep(0)
        return super().__new__(cls)
    def __init__(self, x):
        sleep(0)
        self.x = x
    def __init_subclass__(cls, **k):
        sleep(0)
        cls.tag = cls.__name__.lower()

def work(i):
    class Sub(Base):
        sleep(0)
        n = i
        def both(self):
            return self.n, super().__getattribute__("x")
    return Sub(i * 2).both(), Sub.tag, [Base(k).x for k in range(3)]

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
