# list: all methods, with edge cases and messages.

a = [3, 1, 2]
print(a.append(4), a, a.extend("xy"), a, a.insert(0, "first"), a.insert(100, "last"), a.insert(-1, "before last"), a)
print(a.pop(), a.pop(0), a.pop(-2), a, a.index(1), a.index("x", 2), a.count(1), a.count("zz"), a.remove("x"), a)
print(a.reverse(), a, a.copy() == a, a.copy() is a, a.clear(), a)
b = [5, 2, 8, 1]
print(b.sort(), b, b.sort(reverse=True), b, b.sort(key=lambda x: x % 3), b, sorted(b), list(reversed(b)))
print([1] + [2], [1, 2] * 2, 2 * [0], [[]] * 2, [] * 5, [1] * -1, [1, 2] == [1, 2], [1, 2] < [1, 3], [1] < [1, 0], [] < [0], [1, "a"] == [1, "a"], [1] != [1.0], [2] > [1, 5], [1, [2, 3]] < [1, [2, 4]])
print(list(), list("ab"), list((1, 2)), list({1: 2}), list(range(3)), list([1]), [*"ab"], [1, [2]][1][0], len([[]]), 3 in [1, 2, 3], [1] in [[1]], None in [0])
c = [1]
c += c
c.extend(c)
c[1:1] = c
print(c, c * 0)
c = list(range(6))
c.extend(x for x in c[:2])
c[len(c):] = iter("z")
print(c, c[2:4] + c[:1], sum([[1], [2]], []), min([3, 1]), max([[1], [2]]), any([0, 1]), all([]))
r = [1, 2]
r.append(r)
print(r, r[2] is r, r[2][2][0], len(r), repr(r))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: [].pop())
attempt(lambda: [1].pop(5))
attempt(lambda: [1].pop("a"))
attempt(lambda: [1].pop(1, 2))
attempt(lambda: [1].remove(5))
attempt(lambda: [1].index(5))
attempt(lambda: ["a"].index("b"))
attempt(lambda: [1].index())
attempt(lambda: [1].index(1, "a"))
attempt(lambda: [1].insert("a", 1))
attempt(lambda: [1].insert(1))
attempt(lambda: [1].append())
attempt(lambda: [1].append(1, 2))
attempt(lambda: [1].extend(5))
attempt(lambda: [1].extend(None))
attempt(lambda: [1] + (2,))
attempt(lambda: [1] + None)
attempt(lambda: [1].__iadd__(5))
attempt(lambda: [1] * "a")
attempt(lambda: [1] * [2])
attempt(lambda: [1] < (1,))
attempt(lambda: [1] < ["a"])
attempt(lambda: [1, 2] - [1])
attempt(lambda: [3, "a", 1].sort())
attempt(lambda: [1].sort(lambda x: x))
attempt(lambda: [1].sort(key=5))
attempt(lambda: [1].sort(cmp=1))
attempt(lambda: list(5))
attempt(lambda: list(1, 2))
attempt(lambda: list(iterable=[1]))
attempt(lambda: hash([]))
attempt(lambda: {[]: 1})
attempt(lambda: [1].nothing)
attempt(lambda: [1].sort(reverse="a"))
attempt(lambda: b(0))
print([1, 2, 3].__contains__(2), [1].__len__(), [1, 2].__getitem__(0), [1].__add__([2]), [1].__eq__((1,)), [1].__mul__(2), [3].__repr__(), [1, 2].__reversed__().__next__(), [1].__lt__([2]))
for i, x in enumerate([4, 5]):
    print(i, x, end=" ")
print(list(zip([1, 2, 3], "ab")), list(map(str, [1, 2])), list(filter(None, [0, 1, "", "a"])))
m = [[0] * 2] * 2
m[0][0] = 1
n = [[0] * 2 for _ in range(2)]
n[0][0] = 1
print(m, n)
floats = [1.5, 2.5]
floats.append(3)
floats[0] = "mixed"
print(floats, [1.0, 2.0, 3.0].index(2), [1.0, True, 1].count(1), [0.1 * i for i in range(4)])
