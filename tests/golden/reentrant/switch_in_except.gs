# order: any
# Handlers that switch: each greenlet has its own handled exception, bare raise and context.

# rows: HUB-60
import sys
from gevent import spawn, sleep, joinall

def work(i):
    out = []
    try:
        raise ValueError(i)
    except ValueError:
        sleep(0)
        out.append(str(sys.exc_info()[1]))
        try:
            sleep(0)
            raise KeyError(i * 10)
        except KeyError as e:
            sleep(0)
            out.append((repr(e), repr(e.__context__)))
        sleep(0)
        out.append(str(sys.exc_info()[1]))
        try:
            raise
        except ValueError as e:
            sleep(0)
            out.append(repr(e))
    sleep(0)
    out.append(sys.exc_info()[1])
    return out

jobs = [spawn(work, i) for i in range(5)]
joinall(jobs)
for j in jobs:
    print(j.value)
