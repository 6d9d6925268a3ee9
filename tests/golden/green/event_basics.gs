# rows: EVT-01 EVT-02 EVT-03 EVT-04 EVT-05
# Event: set, clear, wait, all waiters, set and clear without a switch in between.

from gevent import spawn, sleep, joinall
from gevent.event import Event

e = Event()
print(e.is_set(), e.isSet(), e.ready(), e.set(), e.is_set(), e.wait(), e.clear(), e.is_set())
print(e.wait(timeout=0.005), e.wait(0))
log = []
def waiter(n):
    log.append((n, e.wait()))
gs = [spawn(waiter, n) for n in range(4)]
sleep(0)
print(log)
e.set()
joinall(gs)
print(log)
log.clear()
e.clear()
gs = [spawn(waiter, n) for n in range(3)]
sleep(0)
e.set(); e.clear()
joinall(gs)
print(log, e.is_set())
try:
    e.set(1)
except TypeError:
    print("TypeError")
late = spawn(e.wait, 0.005)
print(late.get())
def ping(n):
    for _ in range(3):
        a.wait(); a.clear()
        log.append("ping")
        b.set()
def pong(n):
    for _ in range(3):
        b.wait(); b.clear()
        log.append("pong")
        a.set()
log.clear()
a, b = Event(), Event()
gs = [spawn(ping, 0), spawn(pong, 0)]
a.set()
joinall(gs)
print(log)
e.set()
order = []
def immediate():
    order.append("before")
    e.wait()
    order.append("after")
joinall([spawn(immediate), spawn(order.append, "other")])
print(sorted(order))
