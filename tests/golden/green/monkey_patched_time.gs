# time.sleep is cooperative after patch_all.

from gevent import monkey
monkey.patch_all()
import time
import gevent
log = []
def f(n, t):
    time.sleep(t)
    log.append(n)
gevent.joinall([gevent.spawn(f, n, t) for n, t in (("b", 0.02), ("a", 0.005), ("c", 0.04))])
print(log)
