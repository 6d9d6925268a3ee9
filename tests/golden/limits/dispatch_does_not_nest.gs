# Instructions follow each other without native frames: many run on the small stack of a greenlet.

from gevent import spawn

def count(n):
    i = total = 0
    while i < n:
        if i % 3 == 0:
            total += i & 7
        elif i % 3 == 1:
            total ^= i
        else:
            total -= 1
        i += 1
    return total
def calls(n):
    def step(x): return x + 1
    x = 0
    for _ in range(n):
        x = step(x)
    return x
def generators(n):
    return sum(x for x in range(n))
for f, n in ((count, 300000), (calls, 200000), (generators, 200000)):
    print(spawn(f, n).get())
