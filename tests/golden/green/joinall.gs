# rows: GRN-50 GRN-51 GRN-52 GRN-86
# joinall: results in order of ending, count, timeout, raise_error, empty, events.

from gevent import spawn, sleep, joinall, Timeout
from gevent.event import Event, AsyncResult
from gevent import get_hub
get_hub().exception_stream = None

def job(t, v, fail=None):
    sleep(t)
    if fail: raise fail
    return v
gs = [spawn(job, t, t) for t in (0.15, 0.05, 0.1)]
print([g.value for g in joinall(gs)], joinall([]), joinall(gs, timeout=0) == gs or len(joinall(gs, timeout=0)))
gs = [spawn(job, t, t) for t in (0.15, 0.05, 5)]
print([g.value for g in joinall(gs, count=1)], [g.value for g in joinall(gs, count=2)], [g.value for g in joinall(gs, timeout=0.25)])
print(joinall([gs[2]], timeout=0), joinall([gs[2]], timeout=-1), joinall([gs[2]], timeout=0.005))
f = [spawn(job, 0.05, 1), spawn(job, 0.01, 2, ValueError("second fails")), spawn(job, 5, 3)]
try:
    joinall(f, raise_error=True)
except ValueError as e:
    print(e, f[0].ready(), f[2].ready())
print(len(joinall(f[:2])), f[1].successful())
try:
    joinall([spawn(job, 0, 1, KeyError("k"))], raise_error=True, count=1)
except KeyError as e:
    print(repr(e))
e, a = Event(), AsyncResult()
spawn(job, 0.005, 1).link(lambda g: e.set())
spawn(job, 0.015, "result").link(a)
print([type(x).__name__ for x in joinall([a, e])])
print(joinall([Event()], timeout=0.005), len(joinall([e, e])))
try:
    joinall([5])
except AttributeError as ex:
    print("AttributeError")
try:
    with Timeout(0.01, KeyError("outer timeout")):
        joinall([gs[2]])
except KeyError as k:
    print(k)
done = spawn(job, 0, "x")
done.join()
print([g.value for g in joinall([done])])
