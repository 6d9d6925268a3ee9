# rows: GRN-70 GRN-71
# spawn_raw: plain greenlets without the waiting methods.

from gevent import spawn_raw, sleep, kill, getcurrent, GreenletExit, killall

log = []
def f(*a, **k):
    sleep(0)
    log.append((a, k))
r = spawn_raw(f, 1, k=2)
print(log, r.dead, hasattr(r, "join"), hasattr(r, "get"))
sleep(0); sleep(0)
print(log, r.dead)
def g():
    try:
        sleep(10)
    except GreenletExit:
        log.append("exit")
        raise
r = spawn_raw(g)
sleep(0)
kill(r)
sleep(0)
print(log[-1], r.dead)
def h(): log.append(getcurrent() is r2)
r2 = spawn_raw(h)
sleep(0)
print(log[-1])
try:
    spawn_raw(None)
except TypeError:
    print("TypeError")
