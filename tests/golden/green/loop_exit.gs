# rows: HUB-10 HUB-11
# LoopExit when nothing could wake the main greenlet; the program goes on after it.

from gevent import spawn, sleep, spawn_later
from gevent.event import Event
from gevent.queue import Queue
from gevent.hub import LoopExit
import gevent.exceptions

for f in (lambda: Event().wait(), lambda: Queue().get(), lambda: spawn(Event().wait).join()):
    try:
        f()
    except LoopExit as e:
        print(type(e).__name__, str(e).startswith("This operation would block forever"), isinstance(e, Exception))
print(gevent.exceptions.LoopExit is LoopExit)
sleep(0.005)
e = Event()
spawn_later(0.005, e.set)
print(e.wait())
stuck = Event()
waiting = spawn(stuck.wait)
try:
    Queue().get()
except LoopExit:
    print("again", waiting.dead)
stuck.set()
print(waiting.get())
