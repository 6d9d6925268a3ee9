# The order in which sets of ints, floats and tuples of ints are printed after growing and shrinking.

s = set()
for i in (5, 13, 21, 29, 37, 1, 9):
    s.add(i)
    print(s)
for i in (13, 29):
    s.discard(i)
s.add(45)
print(s, s.pop(), s)
print(set(range(100, 0, -9)), {i * 33 % 101 for i in range(20)}, {-i for i in range(10)}, set([7, 15, 23, 31]), set([31, 23, 15, 7]), set([0, 64, 128, 32]))
print({1 << i for i in range(0, 70, 7)}, {10 ** i for i in range(0, 25, 3)}, {i / 4 for i in range(6)}, {1.5, -1.5, 3.0, 1e10})
print(set(range(5)) | set(range(3, 12)), set(range(40)) - set(range(0, 40, 2)), set(range(10)) & set(range(5, 15)), set(range(6)) ^ {4, 5, 6, 20}, set([9, 8, 1]).union([17, 25]), frozenset(range(15, 3, -2)))
a = {33, 1, 17}
b = set(a)
c = a.copy()
a.add(49)
print(a, b, c, set(list(a)), {*a, *b})
t = {(1, 2), (3, 4), (0, 0), (-1, 5)}
print(t, {(), (1,), (1, 2)}, {frozenset([1]), frozenset([2, 3])}, {None, False} - {None}, {True, 2})
d = {}
for x in {50, 2, 34, 18}:
    d[x] = len(d)
print(d, list({3: 0, 1: 0}), [x for x in {8, 0, 16}], sorted({8, 0, 16}, key=lambda v: -v), list(map(str, {4, 12, 20})), *{6, 14, 22})
u = set(range(1000))
for i in range(1000):
    if i % 97:
        u.remove(i)
print(u, min(u), len(u))
u.update(range(3))
print(u)
