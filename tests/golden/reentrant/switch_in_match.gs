# order: any
# Patterns whose subjects, attributes and guards give up control.

from gevent import spawn, sleep, joinall

class P:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self._x, self._y = x, y
    @property
    def x(self):
        sleep(0)
        return self._x
    @property
    def y(self):
        sleep(0)
        return self._y
class E:
    def __init__(self, n): self.n = n
    def __eq__(self, o):
        sleep(0)
        return self.n == o

def classify(v):
    match v:
        case P(0, 0): return "origin"
        case P(x, y) if not sleep(0) and x == y: return f"diagonal {x}"
        case P(x=x): return f"point {x}"
        case {"k": E() as e, **rest}: return "map", e.n, rest
        case [1, *rest]: return "list", rest
        case 5 | 7: return "five or seven"
        case _: return "other"

def work(i):
    return [classify(v) for v in (P(0, 0), P(i, i), P(1, 2), {"k": E(i), "z": 1}, [1, i], E(5), E(7), E(8))]

jobs = [spawn(work, i) for i in range(1, 4)]
joinall(jobs)
for j in jobs:
    print(j.value)
