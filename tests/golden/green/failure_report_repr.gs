# rows: GRN-12 GRN-42
# What the report shows of the greenlet: names, arguments cut short, own __repr__.

from gevent import spawn, sleep, Greenlet, joinall

def a_function(*args, **kw): raise KeyError("k")
class G(Greenlet):
    def _run(self): raise IndexError("own run")
class R(Greenlet):
    def __repr__(self): return "<my own repr>"
    def _run(self): raise OSError(5, "io")
joinall([spawn(a_function)])
joinall([spawn(a_function, 1, "two", k="three")])
joinall([spawn(a_function, "x" * 100)])
joinall([G.spawn()])
joinall([R.spawn()])
joinall([spawn(lambda: 1 / 0)])
print("done")
