# range: all forms, indexing, slices, membership, equality, hashing, huge ranges.

for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 2), range(-3, 3), range(1, 2, 100)):
    print(r, list(r), len(r), bool(r), r[::-1], r.start, r.stop, r.step, list(reversed(r)))
r = range(0, 20, 2)
print(r[0], r[-1], r[2:5], r[::3], r[::-1], r[5:2], 6 in r, 7 in r, 20 in r, 6.0 in r, "a" in r, r.index(6), r.count(6), r.count(7), r == range(0, 19, 2), range(0) == range(5, 5), range(1, 2) == range(1, 3, 5), hash(range(0)) == hash(range(2, 2)), {range(3): 1}[range(0, 3)], r != [0])
big = range(10 ** 20, 10 ** 20 + 10, 3)
print(big, list(big), len(big), big[-1], 10 ** 20 + 3 in big, range(10 ** 30)[10 ** 29], range(0, 2 ** 65, 2 ** 63)[:2], list(range(-2 ** 63, -2 ** 63 + 2)), range(2 ** 62)[-1])
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: range())
attempt(lambda: range(1, 2, 0))
attempt(lambda: range(1.5))
attempt(lambda: range("a"))
attempt(lambda: range(1, 2, 3, 4))
attempt(lambda: range(5)[5])
attempt(lambda: range(5)["a"])
attempt(lambda: range(5).index(9))
attempt(lambda: range(5).index("a"))
attempt(lambda: len(range(10 ** 30)))
attempt(lambda: range(3) + range(2))
attempt(lambda: range(3) < range(4))
attempt(lambda: setattr(range(3), "start", 1))
attempt(lambda: exec("range(3)[0] = 1"))
attempt(lambda: range(stop=3))
attempt(lambda: type("R", (range,), {}))
class I:
    def __index__(self): return 3
print(list(range(I())), range(True), list(range(I(), 5)), sum(range(101)), max(range(3, 9)), sorted(range(3), reverse=True), tuple(range(2)), [*range(2)], dict(enumerate(range(2))))
it = iter(range(3))
print(next(it), list(it), list(it), it.__length_hint__())
n = 0
for i in range(10):
    n += i
    i = 100
print(n, i, [x for x in range(3) for _ in range(x)], list(zip(range(3), range(10, 0, -1))), all(x in range(0, 100, 7) for x in range(0, 100, 7)))
