# order: any
# Two greenlets sort lists with the same objects, whose comparison switches.

from gevent import spawn, sleep, joinall

class V:
    def __init__(self, n): self.n = n
    def __lt__(self, o):
        sleep(0)
        return self.n < o.n

items = [V(n * 7 % 11) for n in range(11)]
lists = [items[:], items[::-1], items[5:] + items[:5]]
jobs = [spawn(l.sort) for l in lists]
joinall(jobs)
print([[v.n for v in l] for l in lists], all(a is b for a, b in zip(lists[0], lists[1])))
