# rows: GRN-40 GRN-41
# Subclasses with _run and constructors of their own.

from gevent import Greenlet, sleep, joinall, spawn
from gevent import get_hub
get_hub().exception_stream = None

class Adder(Greenlet):
    def __init__(self, a, b=10):
        Greenlet.__init__(self)
        self.a, self.b = a, b
        self.steps = []
    def _run(self):
        for i in range(2):
            self.steps.append(i)
            sleep(0)
        return self.a + self.b
x = Adder(1)
x.start()
y = Adder.spawn(2, b=3)
z = Adder.spawn_later(0.005, 5)
joinall([x, y, z])
print([g.value for g in (x, y, z)], x.steps, isinstance(y, Adder), type(z).__name__)
class Args(Greenlet):
    def _run(self, *a, **k): return a, k
print(Args.spawn(None, 1, 2, k=3).get())
class Sup(Greenlet):
    def __init__(self, n):
        super().__init__()
        self.n = n
    def _run(self):
        if self.n < 0: raise ValueError("negative")
        return [Sup.spawn(i).get() for i in range(self.n)] if self.n else "leaf"
print(Sup.spawn(2).get())
b = Sup.spawn(-1)
b.join()
print(b.successful(), b.exception)
class Worker(Greenlet):
    def __init__(self, q, out):
        super().__init__()
        self.q, self.out = q, out
    def _run(self):
        while self.q:
            self.out.append((self.tag, self.q.pop(0)))
            sleep(0)
out, q = [], list(range(5))
ws = []
for t in "AB":
    w = Worker(q, out)
    w.tag = t
    w.start()
    ws.append(w)
joinall(ws)
print(out)
g = spawn(lambda: 1)
g.job = 3
print(g.job, hash(g) == hash(g), g == g, g != spawn(lambda: 0))
for f in (lambda: setattr(g, "value", 1), lambda: setattr(g, "dead", 1), lambda: g < g):
    try:
        f()
        print("allowed")
    except (AttributeError, TypeError) as e:
        print(type(e).__name__)
