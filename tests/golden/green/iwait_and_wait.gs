# rows: GRN-53 GRN-54
# iwait yields objects as they become ready; wait for objects and for everything.

import gevent
from gevent import spawn, sleep, iwait, wait, spawn_later
from gevent.event import Event, AsyncResult
from gevent.lock import Semaphore

def job(t): sleep(t); return t
gs = [spawn(job, t) for t in (0.1, 0.025, 0.05)]
print([g.value for g in iwait(gs)])
gs = [spawn(job, t) for t in (0.1, 0.025, 5)]
print([g.value for g in iwait(gs, count=1)], [g.value for g in iwait(gs, timeout=0.25)])
print(next(iwait([gs[0]])).value, list(iwait([])), list(iwait([gs[2]], timeout=0)))
e, a, s = Event(), AsyncResult(), Semaphore(0)
spawn_later(0.005, s.release)
spawn_later(0.015, e.set)
spawn_later(0.03, a.set, 1)
print([type(o).__name__ for o in iwait([a, e, s])])
out = []
for g in iwait([spawn(job, 0.01), spawn(job, 0.005)]):
    sleep(0.015)
    out.append(g.value)
print(out)
with iwait([spawn(job, 0.005), gs[2]]) as it:
    print(next(it).value)
print([g.value for g in wait([spawn(job, 0.01), spawn(job, 0.005)])], wait([]), wait([gs[2]], timeout=0.005), wait([gs[0]], count=0))
print(len(wait([gs[0], gs[0]])))
gs[2].kill()
spawn_later(0.01, out.append, "ran before wait() returned")
print(wait(), out[-1])
spawn_later(5, out.append, "late")
print(wait(timeout=0.01), "late" in out)
try:
    wait([5])
except AttributeError:
    print("AttributeError")
