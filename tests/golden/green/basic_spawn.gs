# Two greenlets that take turns.

from gevent import spawn, sleep, joinall

def work(name):
    for i in range(3):
        print(name, i)
        sleep(0)
    return name.upper()
gs = [spawn(work, "a"), spawn(work, "b")]
joinall(gs)
print([g.value for g in gs])
