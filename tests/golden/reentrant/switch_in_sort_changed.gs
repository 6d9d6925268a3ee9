# order: any
# A list appended to by another greenlet during its sort: ValueError, the sorted items win.

from gevent import spawn, sleep, joinall
from gevent.event import Event

started, appended = Event(), Event()
l = [3, 1, 2]
def key(v):
    started.set()
    appended.wait()
    return v
def sorter():
    try:
        l.sort(key=key)
    except ValueError as e:
        return str(e)
def other():
    started.wait()
    l.append(99)
    appended.set()

s = spawn(sorter)
joinall([s, spawn(other)])
print(s.value, l)
