# order: any
# Lists and dicts that hold themselves, each printed by a greenlet of its own while __repr__ switches.

from gevent import spawn, sleep, joinall

class R:
    def __repr__(self):
        sleep(0)
        return "R"

def work(n):
    l = [R()] * n
    l.append(l)
    d = {"r": R(), "l": l}
    d["d"] = d
    return repr(l), str(d)

jobs = [spawn(work, n) for n in range(1, 4)]
joinall(jobs)
for j in jobs:
    print(j.value)
