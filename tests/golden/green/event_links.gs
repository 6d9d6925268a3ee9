# rows: EVT-06 EVT-07
# rawlink and unlink of events.

from gevent import sleep, getcurrent, get_hub, spawn
from gevent.event import Event

log = []
e = Event()
e.rawlink(lambda ev: log.append((ev is e, getcurrent() is get_hub())))
def gone(ev): log.append("gone")
e.rawlink(gone)
e.unlink(gone)
e.unlink(gone)
e.set()
print(log)
sleep(0.005)
print(log)
e.clear(); e.set()
sleep(0.005)
print(log)
e.rawlink(lambda ev: log.append("already set"))
sleep(0.005)
print(log[-1])
for bad in (1, None):
    try:
        e.rawlink(bad)
    except TypeError as ex:
        print(ex)
f = Event()
results = []
def flip(ev):
    f.clear(); f.set(); f.clear()
f.rawlink(flip)
ws = [spawn(lambda: results.append(f.wait(1))) for _ in range(3)]
sleep(0)
f.set()
sleep(0.025)
print(results)
