# gi_ attributes, names, doc strings, repr, copying refused, truth, comparison.

def gen(a):
    "doc of gen"
    yield a
g = gen(1)
print(g.gi_running, g.gi_frame is not None, g.gi_suspended, g.gi_code.co_name, gen.__doc__, gen.__name__, g.__doc__)
next(g)
print(g.gi_suspended, g.gi_frame.f_locals, g.gi_yieldfrom)
list(g)
print(g.gi_frame, g.gi_suspended)
g2 = gen(2)
g2.__name__ = "renamed"
print(g2.__name__, g2.__qualname__, repr(g2).split(" at ")[0])
for bad in (lambda: setattr(g2, "__name__", 5), lambda: setattr(g2, "gi_running", 1), lambda: setattr(g2, "x", 1), lambda: len(g2), lambda: g2[0], lambda: g2 + g2, lambda: g2(), lambda: type(g2)()):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
print(bool(g2), g2 == g2, g2 == gen(2), hash(g2) == hash(g2), type(g2).__name__, (x for x in ()).__name__, (x for x in ()).__qualname__)
def running():
    yield me.gi_running
me = running()
print(next(me), me.gi_running)
class C:
    def m(self): yield 1
    lst = (i for i in range(2))
print(C().m().__qualname__, list(C.lst), C.lst.__qualname__)
def outer():
    def inner(): yield
    return inner()
print(outer().__qualname__)
print(hasattr(g2, "send"), hasattr(g2, "throw"), hasattr(g2, "close"), hasattr(g2, "__next__"), hasattr(g2, "__iter__"))
print(isinstance(g2, type(x for x in ())), callable(g2), callable(gen))
