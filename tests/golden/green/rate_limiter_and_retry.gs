# Small everyday patterns: retry with timeouts, a token bucket, first answer wins, caching a slow call.

from gevent import spawn, sleep, Timeout, iwait, killall, joinall, with_timeout
from gevent.lock import Semaphore
from gevent.event import Event, AsyncResult

calls = []
def flaky():
    calls.append(1)
    if len(calls) == 1: sleep(5)
    if len(calls) == 2: raise ConnectionError("reset")
    return "answer"
def retry(f, times, t):
    for n in range(times):
        try:
            with Timeout(t):
                return n, f()
        except (Timeout, ConnectionError) as e:
            print("attempt", n, type(e).__name__)
    raise RuntimeError("no attempt left")
print(retry(flaky, 5, 0.025))
def replica(t, name):
    sleep(t)
    return name
gs = [spawn(replica, t, n) for t, n in ((5, "slow"), (0.005, "fast"), (5, "slower"))]
first = next(iwait(gs))
killall(gs)
print(first.value, [g.dead for g in gs])
class Once:
    def __init__(self, f): self.f, self.results, self.runs = f, {}, 0
    def __call__(self, k):
        r = self.results.get(k)
        if r is None:
            r = self.results[k] = AsyncResult()
            self.runs += 1
            try:
                r.set(self.f(k))
            except Exception as e:
                r.set_exception(e)
                del self.results[k]
        return r.get()
def slow_square(k):
    sleep(0.005)
    if k < 0: raise ValueError("negative")
    return k * k
once = Once(slow_square)
gs = [spawn(once, k) for k in (2, 3, 2, 2, 3)]
joinall(gs)
print([g.value for g in gs], once.runs)
try:
    once(-1)
except ValueError as e:
    print(e, -1 in once.results)
class Bucket:
    def __init__(self, n): self.sem = Semaphore(n)
    def refill(self, k):
        for _ in range(k): self.sem.release()
b, log = Bucket(2), []
def take(n):
    b.sem.acquire()
    log.append(n)
gs = [spawn(take, n) for n in range(5)]
sleep(0)
print(log)
b.refill(2); sleep(0.005)
print(log)
b.refill(1); joinall(gs)
print(log)
class Barrier:
    def __init__(self, n): self.n, self.waiting, self.open = n, 0, Event()
    def wait(self):
        self.waiting += 1
        if self.waiting == self.n: self.open.set()
        self.open.wait()
bar, log = Barrier(3), []
def phase(n):
    log.append(f"before {n}")
    bar.wait()
    log.append(f"after {n}")
joinall([spawn(phase, n) for n in range(3)])
print(log)
print(with_timeout(0.01, Event().wait, timeout_value="gave up"))
