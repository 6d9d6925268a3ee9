# order: any
# One generator resumed by two greenlets while it is suspended inside a switch: ValueError.

from gevent import spawn, sleep, joinall
from gevent.event import Event

inside, leave = Event(), Event()
def gen():
    inside.set()
    leave.wait()
    yield "value"
    yield "second"

g = gen()
errors = []
def first(): return next(g)
def second():
    inside.wait()
    for op in (lambda: next(g), lambda: g.send(None), lambda: g.throw(KeyError), lambda: g.close(), lambda: list(g)):
        try:
            op()
        except ValueError as e:
            errors.append(str(e))
    leave.set()

a, b = spawn(first), spawn(second)
joinall([a, b])
print(a.value, errors, next(g), next(g, "end"))
