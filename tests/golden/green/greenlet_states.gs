# rows: GRN-05 GRN-06 GRN-07 GRN-08
# bool, started, dead, ready, successful, value, exception through a greenlet's life.

import sys
from gevent import Greenlet, getcurrent, sleep
from gevent import get_hub
get_hub().exception_stream = None

def show(when, g):
    print(when, bool(g), bool(g.started), bool(g.dead), bool(g.ready()), bool(g.successful()), g.value, repr(g.exception), bool(g.exc_info))
def ok():
    show("running", getcurrent())
    sleep(0)
    show("running again", getcurrent())
    return "value"
def bad():
    sleep(0)
    raise ValueError("broken")
g = Greenlet(ok)
show("fresh", g)
g.start()
show("scheduled", g)
sleep(0)
show("waiting", g)
g.join()
show("finished", g)
b = Greenlet(bad)
b.start()
b.join()
show("failed", b)
t, v, tb = b.exc_info
print(t.__name__, v is b.exception, tb is not None)
k = Greenlet(sleep, 10)
k.start()
sleep(0)
k.kill()
print(bool(k), k.dead, k.ready(), k.successful(), type(k.value).__name__, k.exception)
