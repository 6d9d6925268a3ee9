# Great numbers: sleepers, greenlets that are killed before and after their first run, timers that are started and
# stopped, and the memory that comes back.
#
#   gscript tests/soak/many.gs [SLEEPERS]              100000 unless told; a million need 5 GiB
import sys

from gevent import Timeout, getcurrent, joinall, kill, killall, sleep, spawn, spawn_later


def resident():
    """Bytes of the process in memory."""
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096


def park(log):
    log[0] += 1
    try:
        sleep(10000)
    finally:
        log[1] += 1


def main(n):
    at_rest = resident()
    log = [0, 0]
    gs = [spawn(park, log) for _ in range(n)]
    while log[0] < n:
        sleep(0.01)
    print("asleep", log[0] == n)
    killall(gs)
    joinall(gs)
    print("ended", log[1] == n, all(g.dead for g in gs))
    del gs

    gs = [spawn(park, log) for _ in range(n)]
    for g in gs:
        kill(g)
    joinall(gs)
    print("killed before they ran", log[0] == n, all(g.ready() for g in gs))
    del gs

    gs = [spawn_later(1000, park, log) for _ in range(n)]
    killall(gs)
    joinall(gs)
    print("killed before their time", log[0] == n, all(g.ready() for g in gs))
    del gs

    limits = [Timeout(1000) for _ in range(n)]
    for t in limits:
        t.start()
    for t in reversed(limits):
        t.close()
    print("timers", any(t.pending for t in limits))
    del limits, g, t

    sleep(2)
    grown = (resident() - at_rest) / 2**20
    print("memory back", grown < 64 * n / 100000 + 8 or grown)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100000)
