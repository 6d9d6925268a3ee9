# rows: GRN-03 GRN-04
# A target that is not callable is refused at once; subclasses without a target.

from gevent import spawn, spawn_later, spawn_raw, Greenlet, sleep
for f in (lambda: spawn(5), lambda: spawn(None), lambda: spawn_later(0.05, "x"), lambda: spawn_raw(5), lambda: Greenlet(5), lambda: Greenlet("a", 1), lambda: spawn_later(0.1)):
    try:
        f()
        print("accepted")
    except TypeError as e:
        print(type(e).__name__)
g = Greenlet()
g.start()
print(g.get())
class Sub(Greenlet):
    def _run(self): return "sub ran"
print(Sub.spawn().get(), Sub.spawn_later(0.005).get())
sleep(0)
