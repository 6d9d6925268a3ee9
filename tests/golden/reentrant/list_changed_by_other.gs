# order: any
# A list that shrinks or grows under an iterating greenlet.

from gevent import spawn, joinall
from gevent.event import Event

for change in (lambda l: l.append(9), lambda l: l.clear(), lambda l: l.insert(0, 0), lambda l: l.pop(0), lambda l: l.reverse(), lambda l: l.__setitem__(slice(None), "xyzw")):
    l = [1, 2, 3]
    started, changed = Event(), Event()
    def reader():
        seen = []
        for x in l:
            seen.append(x)
            started.set()
            changed.wait()
        return seen
    def writer():
        started.wait()
        change(l)
        changed.set()
    r = spawn(reader)
    joinall([r, spawn(writer)])
    print(r.value, l)
