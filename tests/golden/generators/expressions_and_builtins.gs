# Generators given to built-ins: what consumes how much, and what happens on errors.

def src(n, log):
    for i in range(n):
        log.append(i)
        yield i
for name, f in (("any", lambda g: any(x > 1 for x in g)), ("all", lambda g: all(x < 2 for x in g)), ("in", lambda g: 2 in g), ("next", next), ("zip", lambda g: list(zip(g, "ab"))), ("zip2", lambda g: list(zip("ab", g))), ("unpack", lambda g: [a for a, *b in [g]]), ("max", max), ("sum", sum), ("sorted", lambda g: sorted(g, reverse=True)), ("join", lambda g: "".join(map(str, g))), ("dict", lambda g: dict(enumerate(g))), ("set", set), ("list", list), ("tuple", tuple), ("map", lambda g: next(map(str, g))), ("filter", lambda g: next(filter(lambda x: x > 2, g))), ("enumerate", lambda g: next(enumerate(g))), ("print", lambda g: print(*g)), ("extend", lambda g: [9].extend(g)), ("min", min), ("bytes", bytes), ("frozenset", lambda g: len(frozenset(g)))):
    log = []
    g = src(5, log)
    r = f(g)
    print(name, r, log, list(g))
def failing(n):
    for i in range(n):
        if i == 2: raise ValueError(f"at {i}")
        yield i
for name, f in (("list", list), ("tuple", tuple), ("set", set), ("dict", lambda g: dict((x, x) for x in g)), ("sum", sum), ("max", max), ("sorted", sorted), ("join", lambda g: "".join(str(x) for x in g)), ("any", lambda g: any(x > 9 for x in g)), ("star", lambda g: print(*g)), ("zip", lambda g: list(zip(g, g))), ("extend", None), ("slice", None), ("bytes", bytes), ("update", lambda g: set().update(g)), ("fromkeys", dict.fromkeys), ("unpack", lambda g: (lambda a, b, c: 0)(*g))):
    try:
        if name == "extend":
            l = [9]
            try:
                l.extend(failing(5))
            finally:
                print(l, end=" ")
        elif name == "slice":
            l = [7, 8]
            try:
                l[:1] = failing(5)
            finally:
                print(l, end=" ")
        else:
            f(failing(5))
    except ValueError as e:
        print(name, e)
a, b, *c = src(6, [])
print(a, b, c)
x, y = (i * i for i in (3, 4))
print(x, y)
try:
    a, b = src(1, [])
except ValueError as e:
    print(e)
log = []
g = src(100, log)
try:
    a, b = g
except ValueError as e:
    print(e, log)
