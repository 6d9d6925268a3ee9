# rows: POL-20 POL-21 POL-22 POL-24 POL-25
# map, imap, imap_unordered, apply.

from gevent import sleep, get_hub
from gevent.pool import Pool, Group
get_hub().exception_stream = None

def job(t):
    sleep(t / 200)
    return t
def fail(n):
    sleep(0)
    if n == 2: raise ValueError(f"fails at {n}")
    return n * 10
for p in (Pool(2), Pool(10), Group()):
    print(p.map(job, [9, 1, 5]), list(p.imap(job, [9, 1, 5])), p.map(str, []), p.map(len, ["a", "bb"]))
print(list(Pool(3).imap_unordered(job, [30, 1, 15])), list(Pool(1).imap_unordered(job, [3, 1, 2])))
p = Pool(2)
print(list(p.imap(lambda a, b: a + b, "abc", "xy")), sorted(p.imap_unordered(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(p.imap(job, iter([2, 1]))), list(p.imap(job, (x for x in (1, 2)))))
try:
    p.map(fail, range(4))
except ValueError as e:
    print(e)
p.join()
it = p.imap(fail, range(4))
out = []
while True:
    try:
        out.append(next(it))
    except StopIteration:
        break
    except ValueError as e:
        out.append(str(e))
print(out)
it = p.imap_unordered(fail, range(4))
out = []
while True:
    try:
        out.append(next(it))
    except StopIteration:
        break
    except ValueError as e:
        out.append(str(e))
print(sorted(map(str, out)))
def source():
    yield 1
    yield 3
    raise KeyError("from the input")
it = p.imap(fail, source())
print(next(it), next(it))
try:
    next(it)
except KeyError as e:
    print(repr(e))
print(p.apply(job, (1,)), p.apply(lambda a, b=0: (a, b), ("x",), {"b": 5}))
try:
    p.apply(fail, (2,))
except ValueError as e:
    print(e)
one = Pool(1)
print(one.apply(lambda: one.apply(lambda: "nested in a pool of one")))
got = []
r = p.apply_async(job, (1,), callback=got.append)
print(r.get(), (sleep(0.005), got)[1])
r = p.map_async(job, [2, 1], callback=got.append)
print(r.get(), (sleep(0.005), got)[1], p.apply_async(fail, (1,)).get())
try:
    p.map(None, [1])
except TypeError:
    print("TypeError")
for bad in (lambda: list(p.imap(job, [1], nope=2)), lambda: p.map(job, 5)):
    try:
        bad()
    except TypeError as e:
        print("TypeError")
