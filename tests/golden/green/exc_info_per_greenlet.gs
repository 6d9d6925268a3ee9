# rows: HUB-60
# Each greenlet has its own handled exception and its own recursion depth.

import sys
from gevent import spawn, sleep, joinall

log = []
def handler(n):
    try:
        raise ValueError(n)
    except ValueError:
        log.append(("in", str(sys.exc_info()[1])))
        sleep(0)
        log.append(("again", str(sys.exc_info()[1])))
        try:
            raise
        except ValueError as e:
            log.append(("reraised", str(e)))
    sleep(0)
    log.append(("after", sys.exc_info()[1]))
joinall([spawn(handler, i) for i in range(2)])
print(*log, sep="\n")
def plain():
    log.append(sys.exc_info()[1])
    try:
        raise KeyError("fresh")
    except KeyError as e:
        log.append(repr(e.__context__))
log.clear()
try:
    raise ValueError("of main")
except ValueError:
    spawn(plain).join()
    print(log, sys.exc_info()[1])
def depth(n): return n if n == 0 else 1 + depth(n - 1)
def deep():
    sleep(0)
    return depth(700)
print([g.value for g in joinall([spawn(deep) for _ in range(5)])])
