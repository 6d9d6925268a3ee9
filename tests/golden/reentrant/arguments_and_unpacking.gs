# Calls whose arguments change the function, its defaults or the containers being unpacked.

l = [1, 2, 3]
def f(*a, **k): return a, k
def popper():
    l.pop()
    return "popped"
print(f(*l, popper(), *l), l)
d = {"a": 1}
def grow():
    d["b"] = 2
    return "grown"
print(f(**d, c=grow()), f(grow(), **d))
def g(x=[1]): return x
def swap():
    global g
    g = lambda x=None: ("new g", x)
    return 5
print(g(swap()), g(swap()))
def h(a=1): return a
def change_default():
    h.__defaults__ = (99,)
    return h()
print(h(), change_default(), h())
class M:
    def keys(self):
        yield "p"
        d.clear()
        yield "q"
    def __getitem__(self, k): return len(d)
d = {"z": 0}
print(f(**M()), d)
class O:
    def m(self, *a): return "m", a
    def change(self):
        O.m = lambda self, *a: ("other", a)
        return 1
o = O()
print(o.m(o.change()), o.m(2))
box = [lambda x: ("first", x)]
def rebind():
    box[0] = lambda x: ("second", x)
    return 0
print(box[0](rebind()), box[0](1))
def it():
    yield 1
    l.clear()
    yield 2
l = [9]
a, b = it()
print(a, b, l, [*l, *it()], (*it(), *l))
x = [1, 2]
x[0], x[:] = 5, [7, 8]
print(x)
def args():
    for i in range(3):
        n.append(i)
        yield len(n)
n = []
print(f(*args(), *args()), max(*args()), "{}{}{}".format(*args()))
def rec(*a): return rec(*a[1:]) + (a[0],) if a else ()
print(rec(1, 2, 3))
