# rows: HUB-02
# gevent.kill of the main greenlet raises the exception in it.

import gevent
from gevent import spawn, sleep, getcurrent

main = getcurrent()
def killer():
    sleep(0.005)
    gevent.kill(main, ValueError("for main"))
spawn(killer)
try:
    sleep(5)
except ValueError as e:
    print("main got", e)
spawn(lambda: gevent.kill(main))
try:
    sleep(5)
except gevent.GreenletExit as e:
    print(type(e).__name__)
print("end")
