# map, filter, zip, enumerate over lists that the call-backs change.

l = [1, 2, 3]
print(list(map(lambda x: l.append(x) or x if len(l) < 6 else x, l)), l)
l = [1, 2, 3, 4]
print(list(filter(lambda x: l.remove(x) or True, l)), l)
l = [1, 2, 3]
print(list(map(lambda x: l.clear() or x, l)), l)
l = [1, 2, 3]
z = zip(l, map(lambda x: l.pop(), [0, 0, 0]))
print(list(z), l)
def chain(a, b):
    yield next(a)
    yield next(b)
a = iter([1, 2, 3])
m = map(lambda x: (x, next(a, None)), a)
print(list(m))
f = filter(lambda x: next(f_src, None) is not None, f_src := iter(range(6)))
print(list(f))
e = enumerate(l2 := [10, 20])
for i, x in e:
    if len(l2) < 5: l2.insert(0, 99)
    print(i, x, end=" ")
print(l2)
outer = map(lambda x: list(map(lambda y: x * y, range(x))), range(4))
print(list(outer))
me = map(lambda x: next(me, "self"), [1, 2, 3])
try:
    print(next(me))
except RecursionError as e:
    print(type(e).__name__)
d = {"a": 1, "b": 2}
try:
    print(list(map(lambda k: d.pop(k), d)))
except RuntimeError as ex:
    print(ex, d)
