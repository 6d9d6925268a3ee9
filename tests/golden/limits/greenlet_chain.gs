# Greenlets that spawn and join greenlets, a hundred levels deep; thousands that wait at once.

from gevent import spawn, joinall, sleep, killall
from gevent.event import Event

def level(n): return 0 if n == 0 else 1 + spawn(level, n - 1).get()
print(level(100))
gate = Event()
gs = [spawn(gate.wait) for _ in range(5000)]
sleep(0)
print(sum(not g.ready() for g in gs))
gate.set()
joinall(gs)
print(all(g.value for g in gs))
gs = [spawn(sleep, 100) for _ in range(1000)]
sleep(0)
killall(gs)
print(sum(g.dead for g in gs))
