# with: several items, targets, suppression, order of enter and exit, errors in enter and exit.

class CM:
    def __init__(self, name, swallow=False, fail=None):
        self.name, self.swallow, self.fail = name, swallow, fail
    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter":
            raise RuntimeError("enter " + self.name)
        return self.name.upper()
    def __exit__(self, t, v, tb):
        print("exit", self.name, t.__name__ if t else None, v, tb is not None)
        if self.fail == "exit":
            raise RuntimeError("exit " + self.name)
        return self.swallow

with CM("a") as x:
    print("body", x)
with CM("a") as x, CM("b") as y:
    print(x, y)
with (CM("a") as x, CM("b"), CM("c") as z,):
    print(x, z)
with (CM("p")):
    pass
with CM("a"), CM("b", swallow=True):
    raise ValueError("swallowed by b")
print("goes on")
try:
    with CM("a", fail="exit"), CM("b"):
        raise ValueError("replaced")
except RuntimeError as e:
    print(e, "| context:", repr(e.__context__))
try:
    with CM("a"), CM("b", fail="enter"), CM("c"):
        print("not reached")
except RuntimeError as e:
    print(e)

# --- targets
class Box: pass
box, d = Box(), {}
class Pair:
    def __enter__(self): return 1, [2, 3]
    def __exit__(self, *a): pass
with Pair() as (p, [q, r]):
    print(p, q, r)
with Pair() as box.attr, Pair() as d["k"]:
    print(box.attr, d)
try:
    with CM("unpack") as (one, two):
        pass
except ValueError as e:
    print(e)

# --- return, break, continue inside
def f():
    with CM("r"):
        return "value"
print(f())
for i in range(2):
    with CM(f"loop{i}"):
        if i == 0:
            continue
        break
def g():
    with CM("s", swallow=True):
        1 / 0
    return "after swallowing"
print(g())
def h():
    with CM("t", swallow=True):
        return 1 / 0
print(h())

# --- objects that are no context managers
class OnlyEnter:
    def __enter__(self): pass
class OnInstance:
    pass
oi = OnInstance()
oi.__enter__ = oi.__exit__ = lambda *a: None
for o in (1, None, OnlyEnter(), oi):
    try:
        with o:
            print("in")
    except TypeError as e:
        print(e)

# --- the truth of what __exit__ returns decides
class Truthy:
    def __enter__(self): return self
    def __exit__(self, *a): return [1]
with Truthy():
    raise KeyError
print("swallowed")
class ReRaise:
    def __enter__(self): return self
    def __exit__(self, t, v, tb): raise v
try:
    with ReRaise():
        raise KeyError("same")
except KeyError as e:
    print(repr(e), e.__context__)

# --- exit looked up before enter runs, on the class
class Meta(type):
    pass
class Generator:
    def __enter__(self):
        print("enter, exit already found")
        type(self).__exit__ = lambda *a: print("replaced")
        return self
    def __exit__(self, *a): print("original")
with Generator():
    pass
def gen():
    with CM("in generator"):
        yield 1
        yield 2
it = gen()
print(next(it))
it.close()
