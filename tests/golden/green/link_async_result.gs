# rows: GRN-37 EVT-16
# An AsyncResult as link target takes over value or exception.

from gevent import spawn, sleep, Timeout
from gevent.event import AsyncResult, Event
from gevent import get_hub
get_hub().exception_stream = None

def ok(): return 42
def bad(): raise ValueError("bad")
a = AsyncResult()
spawn(ok).link(a)
print(a.get(), a.successful())
b = AsyncResult()
g = spawn(bad)
g.link(b)
try:
    b.get()
except ValueError as e:
    print(e, e is g.exception, b.successful(), b.exception is e)
c = AsyncResult()
k = spawn(sleep, 10)
k.link(c)
sleep(0)
k.kill()
print(type(c.get()).__name__, c.successful())
d = AsyncResult()
g.link(d)
print(d.ready())
sleep(0.005)
print(d.ready(), repr(d.exception))
try:
    spawn(ok).link(Event())
except TypeError as e:
    print("TypeError")
