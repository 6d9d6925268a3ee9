# order: any
# finally blocks that switch, with returns, breaks and pending errors.

from gevent import spawn, sleep, joinall

def ret(i):
    try:
        return i
    finally:
        sleep(0)
def override(i):
    try:
        raise KeyError(i)
    finally:
        sleep(0)
        return f"override {i}"
def loop(i):
    n = 0
    while True:
        try:
            n += 1
            if n > i: break
            continue
        finally:
            sleep(0)
            n += 1
    return n
def chained(i):
    try:
        try:
            raise ValueError(i)
        finally:
            sleep(0)
            raise TypeError(i)
    except TypeError as e:
        sleep(0)
        return repr(e), repr(e.__context__)
def nested(i):
    log = []
    try:
        try:
            log.append("body")
        finally:
            sleep(0)
            log.append("inner")
    finally:
        sleep(0)
        log.append("outer")
    return log

jobs = [spawn(f, i) for i in range(3) for f in (ret, override, loop, chained, nested)]
joinall(jobs)
for j in jobs:
    print(j.value)
