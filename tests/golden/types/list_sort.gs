# list.sort and sorted: stability, keys, reverse, mixed numbers, own __lt__, errors that leave the list whole.

words = "the quick brown fox jumps over the lazy dog".split()
print(sorted(words), sorted(words, key=len), sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (len(w), w)), sorted(words, key=str.upper))
pairs = [(1, "b"), (0, "a"), (1, "a"), (0, "b")]
print(sorted(pairs), sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True), sorted(pairs, key=lambda p: p[1]))
print(sorted([3, 1.5, True, -2, 10 ** 20, 0.0, False]), sorted("hello"), sorted({3: 1, 1: 2}), sorted({5, 2}), sorted([[2], [1, 5], [1]]), sorted([(), (1,)]), sorted([]), sorted([1]), sorted([b"b", b"a"]), sorted(range(5), reverse=True), sorted([False, True, False]))
class P:
    def __init__(self, n, tag): self.n, self.tag = n, tag
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return f"{self.n}{self.tag}"
ps = [P(i * 7 % 5, c) for i, c in enumerate("abcdefghij")]
print(sorted(ps), sorted(ps, reverse=True), min(ps), max(ps, key=lambda p: p.tag))
x = list(range(200))
y = [(i * 7919) % 200 for i in x]
print(sorted(y) == x, sorted(y, reverse=True) == x[::-1], sorted(y, key=lambda v: -v)[:3], sorted(x) == x, sorted(x[::-1]) == x)
runs = list(range(50)) + list(range(25)) + list(range(60, 10, -1))
runs.sort()
print(all(a <= b for a, b in zip(runs, runs[1:])), len(runs), runs[:5])
calls = []
def key(v):
    calls.append(v)
    return -v
print(sorted([3, 1, 2], key=key), calls)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
mixed = [3, "a", 1, None]
attempt(lambda: mixed.sort())
print(len(mixed), set(map(str, mixed)) == {"3", "a", "1", "None"})
nums = [3, 1, 2]
attempt(lambda: nums.sort(key=lambda v: 1 / (v - 2)))
print(nums)
attempt(lambda: sorted([1, 2], key=lambda: 1))
attempt(lambda: sorted(5))
attempt(lambda: sorted([1], None))
attempt(lambda: sorted())
attempt(lambda: sorted([1j, 2j]))
attempt(lambda: sorted([{}, {}]))
attempt(lambda: sorted([None, None]))
during = [3, 1, 2]
def peek(v):
    print("during the sort:", during)
    return v
during.sort(key=peek)
print(during)
def grow(v):
    during.append(v)
    return v
attempt(lambda: during.sort(key=grow))
print(during)
nan = float("nan")
print(len(sorted([3.0, nan, 1.0])), sorted([2.5, 1, 2.25, -0.0, 0.0]), sorted(["é", "e", "z", "É", "Z", "中"]))
words.sort(key=lambda w: w[::-1])
print(words)
from random import Random
r = Random(5)
data = [r.randrange(1000) for _ in range(1000)]
data.sort(key=lambda v: v % 10)
print(data[:8], [v % 10 for v in data] == sorted(v % 10 for v in data))
print(sorted([(2, [1]), (1, [5]), (2, [0])]), sorted(["b2", "a10", "a9"], key=lambda s: (s[0], int(s[1:]))), [*map(sorted, ["cab", "zyx"])])
