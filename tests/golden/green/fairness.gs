# rows: HUB-06 HUB-07
# A greenlet that loops on sleep(0) starves neither timers nor others.

import gevent
from gevent import sleep, spawn, spawn_later, getswitchinterval, setswitchinterval

print(getswitchinterval())
stop = []
def spinner():
    n = 0
    while not stop:
        n += 1
        sleep(0)
    return n > 0
g = spawn(spinner)
spawn_later(0.01, stop.append, 1)
print(g.get(timeout=5))
setswitchinterval(0.002)
print(getswitchinterval())
setswitchinterval(0.005)
for bad in (0, -1, "a"):
    try:
        setswitchinterval(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
log = []
def a():
    for i in range(3):
        log.append(f"a{i}")
        sleep(0)
def b():
    for i in range(3):
        log.append(f"b{i}")
        sleep(0)
gevent.joinall([spawn(a), spawn(b)])
print(log)
