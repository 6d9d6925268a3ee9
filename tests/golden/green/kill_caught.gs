# rows: GRN-26 GRN-27
# Targets that catch the kill and go on; kill with a timeout; kill without waiting.

import gevent
from gevent import spawn, sleep, GreenletExit, kill, spawn_raw

log = []
def stubborn():
    try:
        sleep(10)
    except GreenletExit:
        log.append("caught")
        sleep(0.05)
    log.append("went on")
    return "done"
g = spawn(stubborn)
sleep(0)
print(g.kill(timeout=0.005), g.dead, log)
print(g.join(), g.value, log)
log.clear()
g = spawn(stubborn)
sleep(0)
print(g.kill(), g.value, log)
log.clear()
g = spawn(stubborn)
sleep(0)
g.kill(block=False)
log.append("kill returned")
sleep(0)
print(log)
g.join()
print(log, g.value)
h = spawn(sleep, 10)
sleep(0)
kill(h)
print(h.dead)
sleep(0)
print(h.dead, type(h.value).__name__)
never = spawn(log.append, "never")
kill(never)
sleep(0); sleep(0)
print("never" in log, never.dead)
def raw():
    try:
        sleep(10)
    except ValueError as e:
        log.append(repr(e))
r = spawn_raw(raw)
sleep(0)
kill(r, ValueError("raw"))
sleep(0)
print(log[-1], r.dead)
