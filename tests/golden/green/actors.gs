# Actors with mailboxes, replies through AsyncResult, supervision by links.

from gevent import spawn, sleep, Greenlet, get_hub, joinall
from gevent.queue import Queue
from gevent.event import AsyncResult
get_hub().exception_stream = None

class Actor(Greenlet):
    def __init__(self):
        super().__init__()
        self.inbox = Queue()
        self.start()
    def _run(self):
        for msg, reply in self.inbox:
            try:
                r = self.receive(*msg)
            except Exception as e:
                reply.set_exception(e)
                if isinstance(e, MemoryError): raise
            else:
                reply.set(r)
        return type(self).__name__ + " stopped"
    def ask(self, *msg):
        r = AsyncResult()
        self.inbox.put((msg, r))
        return r
    def stop(self):
        self.inbox.put(StopIteration)
class Counter(Actor):
    n = 0
    def receive(self, op, k=1):
        if op == "add": self.n += k
        elif op == "crash": raise MemoryError("crash")
        elif op != "get": raise ValueError(f"unknown {op}")
        return self.n
class Router(Actor):
    def __init__(self, *targets):
        super().__init__()
        self.targets = targets
    def receive(self, i, *msg): return self.targets[i].ask(*msg).get()
a, b = Counter(), Counter()
r = Router(a, b)
print([r.ask(i % 2, "add", i).get() for i in range(6)], a.ask("get").get(), b.ask("get").get())
try:
    r.ask(0, "nonsense").get()
except ValueError as e:
    print(e)
restarts = []
a.link_exception(lambda g: restarts.append(type(g.exception).__name__))
try:
    a.ask("crash").get()
except MemoryError as e:
    print("crash seen", e)
a.join(); sleep(0.005)
print(restarts, a.dead, a.successful())
b.stop(); r.stop()
joinall([b, r])
print(b.value, r.value)
