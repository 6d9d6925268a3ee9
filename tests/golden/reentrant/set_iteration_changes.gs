# Iterating a set that the body changes; building sets from iterators that change them.

def run(label, change):
    s = {1, 2, 3}
    n = 0
    try:
        for x in s:
            n += 1
            change(s)
            if n > 9: break
        print(label, "ok", n)
    except RuntimeError as e:
        print(label, n, e)
run("add", lambda s: s.add(len(s) + 10))
run("discard", lambda s: s.discard(3))
run("clear", lambda s: s.clear())
run("same", lambda s: s.add(1))
run("swap", lambda s: (s.discard(3), s.add(3)))
run("pop", lambda s: s.pop())
s = {1, 2}
def gen():
    for i in range(3):
        s.add(i + 100)
        yield i
s.update(gen())
print(sorted(s))
s = {1, 2}
s.update(s); s |= s; s &= s
print(s, s - s, s ^ s)
s -= s
print(s)
s = {1, 2, 3}
s.difference_update(s)
print(s)
s = {1, 2, 3}
def clearing():
    yield 1
    s.clear()
    yield 2
s.difference_update(clearing())
print(s)
s = {1, 2, 3}
print(sorted(s.intersection(clearing())), s)
s = {5}
try:
    s.update(x for x in s if s.add(x + 1) or True)
except RuntimeError as e:
    print(e)
it = iter({1, 2})
print(next(it) + next(it))
s = {1, 2, 3}
it = iter(s)
next(it)
s.add(99)
for _ in range(2):
    try:
        next(it)
    except (RuntimeError, StopIteration) as e:
        print(type(e).__name__, e)
