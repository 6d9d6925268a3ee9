# order: any
# Each greenlet has the whole recursion limit, and RecursionError in one leaves the others alone.

from gevent import spawn, sleep, joinall

def down(n):
    if n % 200 == 0: sleep(0)
    return 0 if n == 0 else 1 + down(n - 1)
def endless(n):
    return endless(n + 1)
def work(i):
    try:
        return down(800) if i % 2 else endless(0)
    except RecursionError as e:
        return type(e).__name__
gs = [spawn(work, i) for i in range(10)]
joinall(gs)
print([g.value for g in gs])
def nested_sort(n):
    sleep(0)
    return sorted([n], key=lambda v: nested_sort(n - 1))[0] if n else 0
print(spawn(nested_sort, 40).get())
