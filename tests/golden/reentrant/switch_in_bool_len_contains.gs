# order: any
# __bool__, __len__, __contains__, __index__ and __getitem__ give up control.

from gevent import spawn, sleep, joinall

class B:
    def __init__(self, v): self.v = v
    def __bool__(self):
        sleep(0)
        return self.v
class S:
    def __len__(self):
        sleep(0)
        return 3
    def __getitem__(self, i):
        sleep(0)
        if i >= 3: raise IndexError(i)
        return i * 10
    def __contains__(self, x):
        sleep(0)
        return x == "in"
class I:
    def __init__(self, n): self.n = n
    def __index__(self):
        sleep(0)
        return self.n

def work(i):
    s = S()
    r = [len(s), list(s), "in" in s, "out" in s, bool(s), list(reversed(s)), "abcdef"[I(i)], "abcdef"[I(1):I(4)], list(range(I(i))), [1] * I(2)]
    r.append(any([B(False), B(True), B(False)]))
    r.append("yes" if B(i % 2 == 0) else "no")
    r.append([x for x in range(3) if B(x != 1)])
    n = 0
    while B(n < 3):
        n += 1
    r.append((n, not B(True), (B(False) or "or"), (B(True) and "and")))
    return r

jobs = [spawn(work, i) for i in range(3)]
joinall(jobs)
for j in jobs:
    print(j.value)
