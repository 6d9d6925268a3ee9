# rows: GRN-82
# A greenlet that kills itself, with and without blocking; the main greenlet too.

import gevent
from gevent import spawn, sleep, getcurrent, kill, GreenletExit

log = []
def me():
    try:
        getcurrent().kill()
        log.append("not reached")
    finally:
        log.append("finally")
g = spawn(me)
g.join()
print(log, type(g.value).__name__)
log.clear()
def me_later():
    getcurrent().kill(block=False)
    log.append("still here")
    sleep(0)
    sleep(0.005)
    log.append("not reached")
g = spawn(me_later)
g.join()
print(log, type(g.value).__name__)
log.clear()
def me_other():
    kill(getcurrent(), ValueError("own"))
    log.append("still here")
    try:
        sleep(1)
    except ValueError as e:
        log.append(repr(e))
    return "end"
print(spawn(me_other).get(), log)
kill(getcurrent(), KeyError("main"))
print("main goes on")
try:
    sleep(1)
except KeyError as e:
    print("main got", repr(e))
