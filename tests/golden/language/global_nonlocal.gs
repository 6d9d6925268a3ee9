# global and nonlocal in all places where they may stand, and what exec and globals() see of them.

count = 0
def bump():
    global count
    count += 1
    def inner():
        global count
        count += 10
    inner()
    return count
print(bump(), bump(), count)

def skip_level():
    v = 1
    def mid():
        def deep():
            nonlocal v
            v = v * 3
        deep()
        deep()
    mid()
    return v
print(skip_level())

def nonlocal_and_global():
    count = "local"
    def inner():
        global count
        count = "through global"
        return count
    r = inner()
    return count, r
print(nonlocal_and_global(), count)

class K:
    global made_in_class
    def made_in_class(): return "function made global by a class body"
print(made_in_class())

def import_global():
    global math
    import math
import_global()
print(math.sqrt(16))
def for_global():
    global idx
    for idx in range(4): pass
for_global()
print(idx)
def with_global():
    global target
    class CM:
        def __enter__(self): return "entered"
        def __exit__(self, *a): pass
    with CM() as target: pass
with_global()
print(target)
def except_global():
    global err
    try:
        raise KeyError(1)
    except KeyError as err:
        pass
except_global()
print("err" in globals())
def def_global():
    global fn, Cls
    def fn(): return "fn"
    class Cls: pass
def_global()
print(fn(), fn.__qualname__, Cls.__qualname__)

globals()["dynamic"] = 5
print(dynamic)
def reader(): return dynamic
dynamic = 6
print(reader())
del globals()["dynamic"]
try:
    reader()
except NameError as e:
    print(e)
def swap():
    global p, q
    p, q = 1, 2
    p, q = q, p
swap()
print(p, q)
def loc():
    a = 1
    b = [locals()]
    return sorted(locals())
print(loc())
ns = {"y": 3}
exec("def f():\n    global z\n    z = y + 1\nf()", ns)
print(ns["z"])
