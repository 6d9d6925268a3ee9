# set and frozenset: all methods and operators, order of sets of ints, hashing, messages.

print({3, 1, 2}, {1, 1, 1}, set(), set("a"), set([5, 3, 5]), {8, 16, 24, 0}, {10, 2, 300, 40}, {-1, -2, -3}, set(range(10)), {1.5, 1, 2.5} == {1, 1.5, 2.5}, {1, True, 1.0}, {(1, 2), (1, 2)}, frozenset(), frozenset({2, 1}), len({None, 0, False, ""}))
a, b = {1, 2, 3}, {3, 4}
print(a | b, a & b, a - b, a ^ b, b - a, a <= b, a < a | b, a <= a, a < a, a >= {1}, a > {1}, a == {3, 2, 1}, a != b, {1} == frozenset([1]), a.isdisjoint({9}), a.isdisjoint(b))
print(a.union(b, [9]), a.intersection(b, (3,)), a.difference([1], [2]), a.symmetric_difference([1, 7]), a.issubset(range(9)), a.issuperset([1]), a.union(), a.intersection(), a.copy() is a, 2 in a, 9 not in a)
c = set(a)
print(c.add(5), c.add(5), c, c.discard(1), c.discard(99), c.remove(2), c, c.update([7], (8,)), c, c.intersection_update([5, 7, 8]), c, c.difference_update([7]), c, c.symmetric_difference_update([8, 9]), c)
c |= {1}
c &= {1, 5, 9}
c -= {5}
c ^= {1, 2}
print(c, c.clear(), c)
p = {42}
print(p.pop(), p, sorted({3, 1} | {2}), sum({1, 2}), max({5, 9}), [x for x in {1}], {x % 3 for x in range(9)}, list({7: 1}.keys() | {7}))
f = frozenset([1, 2])
print(f, f | {3}, {3} | f, type(f | {3}).__name__, type({3} | f).__name__, hash(f) == hash(frozenset([2, 1])), {f: "key"}[frozenset((2, 1))], {f} == {frozenset(f)}, frozenset(f) is f, f.copy() is f, hash(frozenset([1, 2, 3])), hash(frozenset()), f in {f}, {1, 2} in {f})
def attempt(fn):
    try:
        print(fn())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: {1}.remove(5))
attempt(lambda: {1}.remove("x"))
attempt(lambda: set().pop())
attempt(lambda: {[]})
attempt(lambda: {1}.add([]))
attempt(lambda: {1}.add({}))
attempt(lambda: [] in {1})
attempt(lambda: {1} | [2])
attempt(lambda: {1} + {2})
attempt(lambda: {1} < [1])
attempt(lambda: {1}.union(5))
attempt(lambda: {1}.update(5))
attempt(lambda: set(5))
attempt(lambda: set(1, 2))
attempt(lambda: a[0])
attempt(lambda: hash({1}))
attempt(lambda: {{1}})
attempt(lambda: f.add(1))
attempt(lambda: frozenset([[]]))
attempt(lambda: {1}.nothing)
attempt(lambda: {1}.__ior__([2]))
attempt(lambda: {1}.intersection([[]]))
s = {1, 2, 3}
try:
    for x in s:
        s.add(x + 10)
except RuntimeError as e:
    print(e)
try:
    for x in s:
        s.discard(x)
except RuntimeError as e:
    print(e)
class S(set):
    def add2(self, x): self.add(x); return self
print(S([1]).add2(2), type(S([1]) | {2}).__name__, S([1]) == {1}, type(S([1]).copy()).__name__, repr(S()), repr(frozenset()), repr(S([3])))
big = set(range(0, 2000, 7))
big -= set(range(0, 2000, 14))
print(len(big), sum(big), sorted(big)[:4], 7 in big, 14 in big)
print({0, 1 << 61, 1 << 62}, {2 ** 61 - 1, 5}, {-5, 3, 1000000, 7}, {x * x for x in range(12)}, {i * 1000 for i in range(8)}, set(range(20, 0, -3)), {0.5, 0.25, 100.0}, {(0, 1), (1, 0), (1, 1)} == {(1, 1), (0, 1), (1, 0)})
