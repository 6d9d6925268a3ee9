# Comparisons that contradict themselves, lie about each other or change their mind: sorting ends, keeps every item,
# and nothing is seen twice.

import random
random.seed(5)

class Random:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return random.random() < 0.5
class Always:
    def __init__(self, n): self.n = n
    def __lt__(self, other): return True
class Never(Always):
    def __lt__(self, other): return False
class Circle(Always):
    def __lt__(self, other): return (self.n + 1) % 3 == other.n % 3
class Growing(Always):
    calls = 0
    def __lt__(self, other):
        Growing.calls += 1
        return Growing.calls % 7 < 3
class Strange(Always):
    def __lt__(self, other): return [] if self.n % 2 else "yes"

for cls in (Random, Always, Never, Circle, Growing, Strange):
    for size in (0, 1, 2, 3, 10, 63, 64, 65, 500, 2000):
        items = [cls(i) for i in range(size)]
        mine = items[:]
        mine.sort()
        other = sorted(items, reverse=True)
        by_key = sorted(range(size), key=lambda i: items[i])
        ok = sorted(x.n for x in mine) == list(range(size)) == sorted(x.n for x in other) == sorted(by_key)
        low, high = (min(items), max(items)) if items else (None, None)
        print(cls.__name__, size, ok, low is None or low in items and high in items)

class Fails:
    left = 100
    def __init__(self, n): self.n = n
    def __lt__(self, other):
        Fails.left -= 1
        if Fails.left < 0: raise KeyError("enough")
        return self.n < other.n
items = [Fails(i * 37 % 101) for i in range(101)]
try:
    items.sort()
except KeyError as e:
    print(e, len(items), sorted(x.n for x in items) == list(range(101)))
nan = float("nan")
mixed = [3.0, nan, 1.0, nan, 2.0] * 20
mixed.sort()
print(len(mixed), sum(1 for x in mixed if x == x))
