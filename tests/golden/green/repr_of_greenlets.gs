# rows: GRN-12 GRN-60
# repr of greenlets before, during and after; names.

import re
from gevent import spawn, Greenlet, sleep, getcurrent

def clean(g): return re.sub(r"0x[0-9a-f]+", "0x...", repr(g))
def f(a, b=1): sleep(0); return clean(getcurrent())
g = spawn(f, [1], b="x")
print(clean(g))
print(g.get(), clean(g))
n = spawn(f, 1)
n.name = "worker"
print(clean(n), n.name)
n.join()
print(clean(n))
m = spawn(f, 2)
print(re.sub(r"\d+", "N", m.name), re.sub(r"Greenlet-\d+", "Greenlet-N", clean(m)))
m.join()
class Sub(Greenlet):
    def _run(self): pass
s = Sub()
print(clean(s))
s.start(); s.join()
