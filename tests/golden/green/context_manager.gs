# rows: GRN-18 GRN-19
# A greenlet as a context manager: joined at the end, killed when the block fails.

from gevent import spawn, sleep, GreenletExit
from gevent import get_hub
get_hub().exception_stream = None

def work(t):
    sleep(t)
    return "worked"
with spawn(work, 0.01) as g:
    print(g.ready())
print(g.ready(), g.value)
log = []
def long():
    try:
        sleep(10)
    except BaseException as e:
        log.append(type(e).__name__)
        raise
try:
    with spawn(long) as h:
        sleep(0)
        raise KeyError("body")
except KeyError as e:
    print(repr(e), h.dead, log, h.successful())
