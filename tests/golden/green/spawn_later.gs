# rows: GRN-09
# spawn_later and start_later: the order of deadlines, killing before the time, counting as started.

from gevent import spawn_later, Greenlet, sleep, joinall

log = []
gs = [spawn_later(d, log.append, d) for d in (0.15, 0.05, 0.1, 0)]
print([bool(g.started) for g in gs], [g.dead for g in gs], log)
joinall(gs)
print(log)
g = Greenlet(log.append, "later")
g.start_later(0.05)
print(bool(g), g.ready())
g.kill()
sleep(0.1)
print("later" in log, g.dead, g.successful(), type(g.value).__name__)
log.clear()
gs = [spawn_later(0.05, log.append, i) for i in range(5)]
joinall(gs)
print(log)
print(spawn_later(0.005, lambda a, b=0: (a, b), 1, b=2).get())
spawn_later(-5, log.append, "negative").join()
print(log[-1])
try:
    spawn_later("soon", print)
except TypeError as e:
    print(type(e).__name__)
