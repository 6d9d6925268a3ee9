# rows: POL-23 POL-28
# imap pulls no more of its input than its bounds allow.

from gevent import sleep
from gevent.pool import Pool

pulled = []
def source():
    n = 0
    while True:
        pulled.append(n)
        yield n
        n += 1
p = Pool(3)
it = p.imap(lambda x: x, source(), maxsize=4)
first = next(it)
sleep(0.025)
print(first, len(pulled) < 12)
print([next(it) for _ in range(20)] == list(range(1, 21)), len(pulled) < 40)
running = peak = 0
def count(x):
    global running, peak
    running += 1
    peak = max(peak, running)
    sleep(0)
    running -= 1
    return x
print(sorted(Pool(4).imap_unordered(count, range(30))) == list(range(30)), peak)
