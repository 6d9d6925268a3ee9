# order: any
# Exception classes whose __init__ and __str__ switch; groups split with predicates that switch.

from gevent import spawn, sleep, joinall

class E(Exception):
    def __init__(self, n):
        sleep(0)
        super().__init__(n)
        self.n = n
    def __str__(self):
        sleep(0)
        return f"E{self.n}"

def work(i):
    try:
        raise E(i)
    except E as e:
        text = str(e), repr(e), f"{e}"
    try:
        raise ExceptionGroup("g", [E(1), ValueError(i), E(2)])
    except* E as g:
        sleep(0)
        first = [str(x) for x in g.exceptions]
    except* ValueError as g:
        second = g.exceptions
    sub = ExceptionGroup("h", [E(1), E(5)]).subgroup(lambda x: sleep(0) or getattr(x, "n", 0) > 2)
    return text, first, second, [x.n for x in sub.exceptions]

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
