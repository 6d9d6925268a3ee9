# rows: GRN-28 GRN-29
# killall: lists, sets, iterators, never started ones, raw ones, timeouts, no blocking.

from gevent import spawn, sleep, killall, GreenletExit, Timeout, spawn_raw, Greenlet

log = []
def f(n):
    try:
        sleep(10)
    finally:
        log.append(n)
gs = [spawn(f, i) for i in range(3)]
sleep(0)
gs.append(spawn(f, "not run"))
print(killall(gs), log, [g.dead for g in gs], [type(g.value).__name__ for g in gs])
log.clear()
gs = {spawn(f, i) for i in range(3)}
sleep(0)
killall(iter(gs))
print(sorted(log), killall([]), killall(()))
try:
    killall(5)
except TypeError as e:
    print(type(e).__name__)
def stubborn():
    while True:
        try:
            sleep(10)
        except GreenletExit:
            log.append("ignored")
        except ValueError:
            return "by ValueError"
s = spawn(stubborn)
sleep(0)
try:
    killall([s], timeout=0.05)
except Timeout as t:
    print(t, s.dead)
killall([s], exception=ValueError)
print(s.value)
log.clear()
gs = [spawn(f, i) for i in range(2)]
sleep(0)
killall(gs, block=False)
print(log)
sleep(0); sleep(0)
print(log)
raw = spawn_raw(sleep, 10)
sleep(0)
killall([raw])
print(raw.dead)
fresh = Greenlet(f, "fresh")
killall([fresh])
fresh.start()
sleep(0)
print(fresh.dead, "fresh" in log)
