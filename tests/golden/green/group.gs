# rows: POL-01 POL-02 POL-03 POL-04
# Group: members, join, errors, kill.

from gevent import spawn, sleep, Greenlet, get_hub
from gevent.pool import Group
get_hub().exception_stream = None

def job(t, v, fail=None):
    sleep(t)
    if fail: raise fail
    return v
g = Group()
a = g.spawn(job, 0.01, 1)
b = g.spawn(job, 0.005, 2)
print(len(g), a in g, sorted(x is a for x in g), bool(g), isinstance(a, Greenlet))
print(g.join(), len(g), bool(g), a in g, a.value, b.value)
print(g.join(), Group().join())
g.spawn(job, 5, 1)
print(g.join(timeout=0.005), len(g))
print(g.kill(), len(g))
g.spawn(job, 0.005, 1, ValueError("member failed"))
g.spawn(job, 0.025, 2)
try:
    g.join(raise_error=True)
except ValueError as e:
    print(e, len(g))
g.join()
f = g.spawn(job, 0, 1, KeyError("before"))
f.join()
sleep(0)
print(g.join(raise_error=True), g.join(), len(g))
log = []
def stubborn(n):
    try:
        sleep(5)
    finally:
        log.append(n)
for n in range(3): g.spawn(stubborn, n)
sleep(0)
never = g.spawn(stubborn, "never")
g.kill()
print(sorted(log), len(g), never.dead)
h = Group()
out = spawn(job, 0.005, "added")
h.add(out)
print(out in h, len(h))
h.discard(out)
print(len(h))
x = Greenlet(job, 0, "x")
h.start(x)
print(x.get(), len(h) in (0, 1))
k = h.spawn(stubborn, "k")
sleep(0)
h.killone(k)
sleep(0)
print(log[-1], len(h))
print(len(Group([spawn(job, 0, 1), spawn(job, 0, 2)])))
