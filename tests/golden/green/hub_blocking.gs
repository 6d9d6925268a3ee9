# rows: HUB-01 HUB-13 HUB-50 HUB-14
# Waiting calls in the hub are refused; what does not wait works there.

from gevent import spawn, sleep, get_hub, getcurrent
from gevent.event import Event, AsyncResult
from gevent.queue import Queue, Empty, Full
from gevent.lock import Semaphore
from gevent.exceptions import BlockingSwitchOutError

hub = get_hub()
print(hub is get_hub())
log = []
def in_hub(name, f):
    try:
        log.append((name, f()))
    except BaseException as e:
        log.append((name, type(e).__name__, str(e)))
g = spawn(sleep, 0.25)
full = Queue(1, [1])
calls = {"current": lambda: getcurrent() is hub, "sleep": lambda: sleep(0), "sleep2": lambda: sleep(0.05), "event": lambda: Event().wait(), "event0": lambda: Event().wait(0), "sem": lambda: Semaphore(0).acquire(timeout=1), "result": lambda: AsyncResult().get(timeout=1), "join": lambda: g.join(), "put": lambda: Queue().put(1), "get_nowait": lambda: Queue(items=[5]).get_nowait(), "empty": lambda: Queue().get(), "full": lambda: full.put(2), "set": lambda: Event().set(), "aset": lambda: AsyncResult().set(1), "spawn": lambda: spawn(log.append, "spawned from the hub") and None}
for name, f in calls.items():
    hub.loop.run_callback(in_hub, name, f)
sleep(0.05)
for entry in log: print(entry)
print(issubclass(BlockingSwitchOutError, AssertionError))
