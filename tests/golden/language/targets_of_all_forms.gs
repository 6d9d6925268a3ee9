# Targets with operators inside subscripts, starred expressions with operators, chains of them.

items = [0, 0, 0, 0]
i = 1
for items[i + 1] in "ab":
    print(items)
for items[i - 1], *items[2 * i:4] in [(1, 2, 3), "xyz"]:
    print(items)
class Box: pass
box = Box()
for box.first, (box.second, [box.third, *box.rest]) in [(1, (2, (3, 4, 5))), ("a", ("b", "cd"))]:
    print(box.first, box.second, box.third, box.rest)
a, b = {1, 2}, {2, 3}
print([*a | b], (*a & b,), {*a ^ b, *a - b}, [*"ab" * 2, *[1] + [2]])
print({**{"x": 1} | {"y": 2}, "z": 3})
def f(*args, **kwargs): return args, kwargs
print(f(*a | b, *[1] * 2, **{"k": 1} | {"l": 2}))
x, *y, z = *"ab", *range(2), *[1] + [2]
print(x, y, z)
[c, d], (e, *g) = [1, 2], "xyz"
print(c, d, e, g)
items[0], items[i + 2] = items[i + 2], items[0]
print(items)
first = second = *third, = 1, 2
print(first, second, third)
for (n) in 1, 2: print(n, end=" ")
for [n] in [[3]]: print(n, end=" ")
for n, in [(4,)]: print(n, end=" ")
for (n,), in [[(5,)]]: print(n)
for n in *a, *b: print(n, end=";")
print()
with open("/dev/null") as box.file, open("/dev/null") as items[i * 2]:
    print(box.file.closed, items[2].closed)
print(box.file.closed, items[2].closed)
del items[i + 1], items[-1:], (box.first, [box.second]), box.third
print(items, vars(box).keys())
def spread(*args: *tuple[int, ...], **kw: int): return args
print(spread(1, 2), spread.__annotations__)
