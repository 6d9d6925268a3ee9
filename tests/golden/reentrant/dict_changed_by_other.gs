# order: any
# A dict changed by another greenlet during iteration: RuntimeError at the next step.

from gevent import spawn, sleep, joinall
from gevent.event import Event

for change, view in ((lambda d: d.__setitem__("new", 1), dict.keys), (lambda d: d.pop("c"), dict.items), (lambda d: d.clear(), dict.values), (lambda d: d.__setitem__("a", 100), dict.items), (lambda d: None, iter)):
    d = {"a": 1, "b": 2, "c": 3}
    started, changed = Event(), Event()
    def reader():
        seen = []
        try:
            for x in view(d):
                seen.append(x)
                started.set()
                changed.wait()
        except RuntimeError as e:
            return seen, str(e)
        return seen
    def writer():
        started.wait()
        change(d)
        changed.set()
    r = spawn(reader)
    joinall([r, spawn(writer)])
    print(r.value, d)
