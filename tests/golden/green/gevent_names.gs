# rows: HUB-52
# The names of the package and where they live.

import gevent
names = "Greenlet GreenletExit Timeout config fork get_hub getcurrent getswitchinterval setswitchinterval idle iwait joinall kill killall reinit signal_handler sleep spawn spawn_later spawn_raw wait with_timeout".split()
print([n for n in names if not hasattr(gevent, n)])
from gevent.exceptions import LoopExit, BlockingSwitchOutError, InvalidSwitchError, ConcurrentObjectUseError, InvalidThreadUseError, HubDestroyed, GreenletExit
print([c.__mro__[1].__name__ for c in (LoopExit, BlockingSwitchOutError, InvalidSwitchError, ConcurrentObjectUseError, InvalidThreadUseError, HubDestroyed, GreenletExit)])
from gevent import queue, pool, event, lock, local, socket, server, hub, timeout, greenlet, select, monkey
print(queue.Queue.__name__, pool.Pool.__name__, event.Event.__name__, lock.RLock.__name__, local.local.__name__, server.StreamServer.__name__, timeout.Timeout is gevent.Timeout, greenlet.Greenlet is gevent.Greenlet, hub.get_hub is gevent.get_hub)
print(isinstance(gevent.__version__, str), gevent.version_info[0] >= 1, gevent.spawn == gevent.Greenlet.spawn, gevent.Timeout.__mro__[1].__name__)
from gevent.queue import *
from gevent.pool import *
print(JoinableQueue.__name__, Group.__name__, issubclass(PriorityQueue, Queue), issubclass(Pool, Group))
import gevent.monkey
gevent.monkey.patch_all()
import time, socket as s
t = gevent.spawn(time.sleep, 0.005)
print(t.get(), s.error is OSError, s.timeout is TimeoutError)
