# rows: GRN-20 GRN-21
# A greenlet killed before its first run never runs; links are told all the same.

from gevent import spawn, Greenlet, sleep, spawn_later, GreenletExit
from gevent import get_hub
get_hub().exception_stream = None

log = []
def f(): log.append("ran")
g = spawn(f)
g.link(lambda g: log.append("linked"))
g.kill()
print(log, g.dead, g.ready(), g.successful(), type(g.value).__name__, g.exception)
sleep(0)
print(log)
h = spawn(f)
h.kill(ValueError("other"))
print(h.dead, h.successful(), h.value, repr(h.exception))
try:
    h.get()
except ValueError as e:
    print("get raises", e)
n = Greenlet(f)
n.kill()
n.start()
sleep(0)
print(n.dead, n.ready(), log)
l = Greenlet(f)
l.kill()
l.start_later(0)
sleep(0.005)
s = spawn_later(0.005, f)
s.kill(block=False)
sleep(0.025)
print(s.dead, s.successful(), log)
b = spawn(f)
b.kill(block=False)
sleep(0)
sleep(0)
print(b.dead, isinstance(b.get(), GreenletExit), log)
