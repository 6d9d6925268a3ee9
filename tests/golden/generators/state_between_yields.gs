# Locals, loops, exceptions and globals keep their state across yields; many generators interleaved.

def gen(name, n):
    total = 0
    for i in range(n):
        try:
            got = yield f"{name}{i}:{total}"
            total += got or 0
        except ValueError as e:
            total = -1
        finally:
            total += 1
    return total
a, b = gen("a", 3), gen("b", 3)
print(next(a), next(b), a.send(10), b.send(5), a.throw(ValueError), b.send(None))
for g in (a, b):
    try:
        g.send(100)
    except StopIteration as e:
        print(e.value)
gens = [gen(str(k), k) for k in range(5)]
out = []
while gens:
    for g in gens[:]:
        try:
            out.append(next(g))
        except StopIteration as e:
            out.append(("end", e.value))
            gens.remove(g)
print(out)
x = 1
def uses_global():
    while True:
        yield x
u = uses_global()
r = [next(u)]
x = 2
r.append(next(u))
def outer():
    n = 0
    def bump():
        nonlocal n
        n += 1
    def g():
        while n < 3:
            yield n
    return bump, g()
bump, g = outer()
r.append(next(g)); bump(); r.append(next(g)); bump(); bump(); r.append(next(g, "end"))
print(r)
def swap():
    a, b = 1, 2
    while True:
        a, b = b, a
        yield a, b
s = swap()
print(next(s), next(s), next(s))
def nested_loops():
    for i in range(3):
        for j in range(i):
            if j == 1: break
            yield i, j
        else:
            yield "else", i
print(list(nested_loops()))
