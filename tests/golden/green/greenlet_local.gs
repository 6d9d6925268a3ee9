# rows: LOC-01 LOC-02 LOC-03 LOC-05
# gevent.local: each greenlet has its own attributes.

from gevent import spawn, sleep, joinall
from gevent.local import local

l = local()
l.x = "main"
def work(n):
    try:
        l.x
    except AttributeError as e:
        first = "no x: " + str(e)[-29:]
    l.x = n
    l.y = [n]
    sleep(0)
    r = l.x, l.y, sorted(l.__dict__)
    del l.y
    return first, r, hasattr(l, "y")
gs = [spawn(work, n) for n in range(3)]
joinall(gs)
for g in gs: print(g.value)
print(l.x, sorted(l.__dict__))
try:
    del l.nothing
except AttributeError as e:
    print(e)
try:
    l.__dict__ = {}
except AttributeError as e:
    print("AttributeError")
class Sub(local):
    shared = "class attribute"
    def __init__(self, a, b=0):
        log.append((a, b))
        self.a, self.n = a, 0
    def bump(self):
        self.n += 1
        return self.n
    @property
    def twice(self): return self.n * 2
log = []
s = Sub("arg", b=1)
def use(k):
    for _ in range(k): s.bump()
    sleep(0)
    return s.n, s.twice, s.a, s.shared
gs = [spawn(use, k) for k in (1, 3)]
joinall(gs)
print([g.value for g in gs], s.n, log)
try:
    local(1)
except TypeError as e:
    print("TypeError")
