# tuple: construction, operations, comparison, hashing, methods, errors.

t = (1, "a", 2.5, (3, [4]))
print(t, t[0], t[-1][1], t[1:3], t[::-1], len(t), t + (5,), t * 2, 0 * t, (), (1,), 1, "a" in t, t.index("a"), t.count(1), t == (1, "a", 2.5, (3, [4])))
print(tuple(), tuple("ab"), tuple([1, 2]), tuple({1: 2}), tuple(x for x in "ab"), tuple(t) is t, tuple() is tuple([]), tuple(range(3)))
print((1, 2) < (1, 3), (1,) < (1, 0), () < (0,), (1, 2) == [1, 2], (1, 2) != (1, 2), (2,) > (1, 9), ((1, 2), 3) < ((1, 3), 0), (1, "a") < (2, 0), max((1, 2), (1, 3)), min([(2, "b"), (2, "a")]))
print(hash((1, 2)), hash(()), hash((1, (2, 3))), hash((1, 2)) == hash((1.0, 2.0)), hash((-1, -2)), hash((0.5, None)) == hash((0.5, None)), {(1, 2): "k"}[1, 2], {(1, "a"), (1, "a")} == {(1, "a")})
t[3][1].append(5)
print(t)
a, (b, c) = 1, (2, 3)
print(a, b, c, (a, b) + (c,), *t[:2], sum(((1,), (2,)), ()))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: t[10])
attempt(lambda: t["a"])
attempt(lambda: t.index("zz"))
attempt(lambda: t.index("a", 2))
attempt(lambda: t + [1])
attempt(lambda: t + 1)
attempt(lambda: t * 1.5)
attempt(lambda: (1, 2) < (1, "a"))
attempt(lambda: (1,) < [1])
attempt(lambda: hash(t))
attempt(lambda: {([],): 1})
attempt(lambda: t.append(1))
attempt(lambda: exec("t[0] = 1"))
attempt(lambda: exec("del t[0]"))
attempt(lambda: tuple(5))
attempt(lambda: tuple(1, 2))
attempt(lambda: t - t)
attempt(lambda: t())
r = ([],)
r[0].append(r)
print(r, repr(r))
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    @property
    def first(self): return self[0]
x = T(1, 2, 3)
print(x, x.first, type(x).__name__, type(x[:2]).__name__, type(x + (4,)).__name__, x == (1, 2, 3), hash(x) == hash((1, 2, 3)), len(x), isinstance(x, tuple), [*x])
def swap(a, b): return b, a
print(swap(1, 2), swap(*swap(3, 4)), divmod(7, 2)[0], list(zip(*[(1, 2), (3, 4)])), dict([("a", 1)]), "%s-%s" % (1, 2))
print((1, 2).__add__((3,)), (1,).__contains__(1), (1, 2).__getitem__(0), (1,).__eq__([1]), (1,).__hash__() == hash((1,)), (1, 2).__iter__().__next__(), (1, 2).__len__(), ("a",).__repr__(), (1,).__mul__(2))
