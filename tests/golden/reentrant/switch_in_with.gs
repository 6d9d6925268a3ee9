# order: any
# __enter__ and __exit__ give up control; errors and returns leave in the right order.

from gevent import spawn, sleep, joinall

class CM:
    def __init__(self, log, n): self.log, self.n = log, n
    def __enter__(self):
        sleep(0)
        self.log.append(f"enter {self.n}")
        return self.n
    def __exit__(self, t, v, tb):
        sleep(0)
        self.log.append(f"exit {self.n} {t.__name__ if t else None}")
        return t is KeyError

def work(i):
    log = []
    with CM(log, 1) as a, CM(log, 2):
        log.append(a)
    with CM(log, 3):
        with CM(log, 4):
            raise KeyError
    def ret():
        with CM(log, 5):
            return "returned"
    log.append(ret())
    try:
        with CM(log, 6):
            1 / (i - i)
    except ZeroDivisionError as e:
        log.append(str(e))
    for k in range(2):
        with CM(log, k):
            continue
    return log

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
print(jobs[0].value)
print(all(j.value == jobs[0].value for j in jobs))
