# order: any
# Many greenlets sort their own lists with keys that switch.

from gevent import spawn, sleep, joinall

def work(i):
    words = [f"w{(k * 31 + i * 7) % 17:02}" for k in range(12)]
    def key(w):
        sleep(0)
        return w[::-1]
    return sorted(words, key=key) == sorted(words, key=lambda w: w[::-1]), max(words, key=key) == max(words, key=lambda w: w[::-1])

jobs = [spawn(work, i) for i in range(8)]
joinall(jobs)
print([j.value for j in jobs])
