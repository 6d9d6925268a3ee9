# order: any
# __missing__ gives up control; a cache is filled once per key thanks to a lock.

from gevent import spawn, sleep, joinall
from gevent.lock import RLock

computed = []
class Cache(dict):
    def __init__(self):
        super().__init__()
        self.lock = RLock()
    def __missing__(self, k):
        with self.lock:
            if k in self:
                return dict.__getitem__(self, k)
            sleep(0)
            computed.append(k)
            self[k] = k * k if k < 3 else self[k - 1] + self[k - 2]
            return dict.__getitem__(self, k)

c = Cache()
jobs = [spawn(lambda k=k: c[k]) for k in (5, 3, 5, 8, 2, 8, 1)]
joinall(jobs)
print([j.value for j in jobs], sorted(computed), len(computed) == len(set(computed)))
