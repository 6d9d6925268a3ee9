# order: any
# A set changed by another greenlet during iteration.

from gevent import spawn, joinall
from gevent.event import Event

for change in (lambda s: s.add(99), lambda s: s.discard(2), lambda s: s.clear(), lambda s: s.add(1)):
    s = {1, 2, 3}
    started, changed = Event(), Event()
    def reader():
        n = 0
        try:
            for x in s:
                n += 1
                started.set()
                changed.wait()
        except RuntimeError as e:
            return n, str(e)
        return n
    def writer():
        started.wait()
        change(s)
        changed.set()
    r = spawn(reader)
    joinall([r, spawn(writer)])
    print(r.value, sorted(s))
