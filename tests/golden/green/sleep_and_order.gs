# rows: HUB-04 HUB-05
# sleep: order of wake-ups, sleep(0) turns, odd arguments.

import time
from gevent import sleep, spawn, joinall

log = []
def s(t, n):
    sleep(t)
    log.append(n)
joinall([spawn(s, t, n) for n, t in enumerate((0.1, 0.05, 0.15, 0, 0.05))])
print(log)
log.clear()
def turns(n):
    for i in range(4):
        log.append(n)
        sleep(0)
joinall([spawn(turns, "a"), spawn(turns, "b")])
print("".join(log))
log.clear()
joinall([spawn(turns, n) for n in "xyz"])
print("".join(log))
t = time.monotonic()
sleep(0.1)
print(time.monotonic() - t >= 0.095, sleep(-1), sleep(), sleep(0.0))
for bad in ("a", [], {}):
    try:
        sleep(bad)
    except TypeError as e:
        print("TypeError")
log.clear()
def mixed(n):
    log.append(n)
    sleep(0)
    log.append(n)
    sleep(0.005)
    log.append(n)
joinall([spawn(mixed, n) for n in "12"])
print("".join(log))
t = time.monotonic()
time.sleep(0.05)
x = sum(range(200000))
sleep(0.05)
print(time.monotonic() - t >= 0.095)
