# Producers and consumers around a bounded queue: who is too fast has to wait.
#
#   gscript examples/producer_consumer.gs

import random

from gevent import joinall, sleep, spawn
from gevent.queue import JoinableQueue

random.seed(1)
jobs = JoinableQueue(maxsize=5)
done = {}


def producer(name, count):
    for n in range(count):
        sleep(random.uniform(0.001, 0.005))
        jobs.put((name, n))  # waits while five jobs are in the queue
    print(f"{name} has produced {count} jobs")


def consumer(name):
    for job in jobs:  # ends when StopIteration comes out of the queue
        sleep(random.uniform(0.005, 0.01))
        done.setdefault(name, []).append(job)
        jobs.task_done()


producers = [spawn(producer, name, 8) for name in ("red", "green", "blue")]
consumers = [spawn(consumer, f"worker {n}") for n in range(4)]
joinall(producers)
jobs.join()  # until each job is marked as done
for _ in consumers:
    jobs.put(StopIteration)
joinall(consumers)

print(f"{sum(map(len, done.values()))} jobs done by {len(done)} workers")
assert sorted(job for some in done.values() for job in some) == sorted((p, n) for p in ("red", "green", "blue") for n in range(8))
