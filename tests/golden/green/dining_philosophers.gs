# order: any
# Philosophers who take their forks in a fixed order never block each other for ever.

from gevent import spawn, sleep, joinall
from gevent.lock import Semaphore

N = 5
forks = [Semaphore(1) for _ in range(N)]
meals = [0] * N
eating = set()
def philosopher(i):
    a, b = sorted((i, (i + 1) % N))
    for _ in range(4):
        sleep(0)
        with forks[a], forks[b]:
            assert (i + 1) % N not in eating and (i - 1) % N not in eating
            eating.add(i)
            sleep(0)
            eating.discard(i)
            meals[i] += 1
joinall([spawn(philosopher, i) for i in range(N)])
print(meals, all(f.counter == 1 for f in forks))
