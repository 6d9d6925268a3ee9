# order: any
# Deep recursion in several greenlets at once, each with its own depth.

# rows: HUB-60
from gevent import spawn, sleep, joinall

def down(n):
    if n % 50 == 0: sleep(0)
    return 0 if n == 0 else 1 + down(n - 1)
def too_deep(n):
    if n % 100 == 0: sleep(0)
    return too_deep(n + 1)
def work(i):
    if i % 2:
        try:
            too_deep(1)
        except RecursionError as e:
            sleep(0)
            return type(e).__name__, down(300)
    return down(600)

jobs = [spawn(work, i) for i in range(6)]
joinall(jobs)
print([j.value for j in jobs])
