# rows: GRN-14 GRN-15 GRN-16 GRN-17
# join and get: values, timeouts of their own, no blocking.

from gevent import spawn, sleep, Timeout, Greenlet

def slow(t, v):
    sleep(t)
    return v
g = spawn(slow, 0.05, "v")
print(g.join(timeout=0.005), g.ready(), g.join(), g.ready(), g.value, g.get(), g.join(), g.get(timeout=0))
g = spawn(slow, 5, "never")
for f in (lambda: g.get(timeout=0.005), lambda: g.get(block=False), lambda: g.get(False), lambda: g.get(timeout=0)):
    try:
        f()
    except Timeout as t:
        print(type(t).__name__, t, t.seconds)
print(g.join(0), g.join(timeout=0.005), g.join(timeout=-1), g.ready())
try:
    with Timeout(0.01) as outer:
        g.join(timeout=10)
except Timeout as t:
    print("outer fired", t is outer)
g.kill()
print(g.get(), g.join())
log = []
done = spawn(lambda: 1)
done.join()
spawn(log.append, "other ran")
done.join(); done.get(); done.kill()
print(log)
def waits(o): return o.get() + 1
a = spawn(slow, 0.005, 1)
print([w.get() for w in [spawn(waits, a) for _ in range(3)]])
chain = spawn(lambda: 0)
for _ in range(10): chain = spawn(waits, chain)
print(chain.get())
