# rows: GRN-33 GRN-35
# rawlink runs in the hub; unlink, unlink_all, has_links; links that change links.

from gevent import spawn, sleep, getcurrent, get_hub
get_hub().exception_stream = None

log = []
g = spawn(lambda: 5)
g.rawlink(lambda t: log.append((getcurrent() is get_hub(), t.value)))
def removed(t): log.append("removed must not run")
g.rawlink(removed)
g.unlink(removed)
g.unlink(removed)
print(bool(g.has_links()))
g.join()
sleep(0)
print(log)
log.clear()
h = spawn(lambda: 6)
h.link(log.append)
h.rawlink(log.append)
h.unlink_all()
print(bool(h.has_links()))
h.join(); sleep(0)
print(log)
m = spawn(lambda: 7)
def second(t): log.append("second")
def first(t):
    log.append("first")
    m.unlink(second)
    m.rawlink(lambda t: log.append("added"))
m.rawlink(first)
m.rawlink(second)
m.rawlink(lambda t: log.append("third"))
m.join(); sleep(0); sleep(0)
print(log)
log.clear()
e = spawn(lambda: 8)
e.rawlink(lambda t: 1 / 0)
e.rawlink(lambda t: log.append("after the failing one"))
e.join(); sleep(0)
print(log)
