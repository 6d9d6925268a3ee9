# Spawns, joins, kills, times out and hands over for a while; the memory in use must stay flat after a warm-up.
#
#   gscript tests/soak/greenlets.gs [SECONDS]          60 unless told; exit status 1: memory grew
import sys
import time

import gevent
from gevent import Timeout, joinall, killall, sleep, spawn
from gevent.event import AsyncResult, Event
from gevent.pool import Pool
from gevent.queue import Queue


def resident():
    """Bytes of the process in memory."""
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


def square(n):
    sleep(0)
    return n * n


def spawns():
    assert sum(g.value for g in [g for g in joinall([spawn(square, i) for i in range(500)])]) == 41541750


def kills():
    gs = [spawn(sleep, 100) for _ in range(300)]
    sleep(0)
    killall(gs)
    assert all(isinstance(g.value, gevent.GreenletExit) for g in gs)


def timeouts():
    expired = 0
    for i in range(200):
        with Timeout(10):
            with Timeout(10, False):
                pass
        if i % 20 == 0:
            try:
                with Timeout(0.0005):
                    sleep(10)
            except Timeout:
                expired += 1
    assert expired == 10


def hand_over():
    q, total = Queue(10), [0]

    def consume():
        for item in q:
            total[0] += item

    g = spawn(consume)
    for i in range(500):
        q.put(i)
    q.put(StopIteration)
    g.join()
    assert total[0] == 124750


def events():
    ready, results = Event(), [AsyncResult() for _ in range(100)]

    def wait(result):
        ready.wait()
        result.set(1)

    gs = [spawn(wait, r) for r in results]
    sleep(0)
    ready.set()
    assert sum(r.get() for r in results) == 100
    joinall(gs)


def pools():
    assert sum(Pool(20).map(square, range(200))) == 2646700


def failures():
    def fail(n):
        raise ValueError(n)

    hub = gevent.get_hub()
    hub.handle_error, kept = lambda *args: None, hub.handle_error
    gs = [spawn(fail, i) for i in range(50)]
    joinall(gs)
    hub.handle_error = kept
    assert all(isinstance(g.exception, ValueError) for g in gs)


def main(seconds):
    work = [spawns, kills, timeouts, hand_over, events, pools, failures]
    begin = time.monotonic()
    warm, rounds, least, most = None, 0, 0, 0
    while time.monotonic() - begin < seconds:
        for f in work:
            f()
        rounds += 1
        if time.monotonic() - begin > seconds / 4:
            now = resident()
            if warm is None:
                warm = least = most = now
            least, most = min(least, now), max(most, now)
    growth = resident() - warm
    print("%d rounds, %.1f MiB after warm-up, %.1f to %.1f MiB since" % (rounds, warm / 2**20, least / 2**20, most / 2**20))
    if growth > 4 << 20:
        print("memory grew by %.1f MiB" % (growth / 2**20))
        sys.exit(1)
    print("flat")


main(float(sys.argv[1]) if len(sys.argv) > 1 else 60)
