# A balanced search tree: insert, delete, ranges, invariants, compared with sorted lists.

class Node:
    __slots__ = ("key", "left", "right", "h", "n")
    def __init__(self, key): self.key, self.left, self.right, self.h, self.n = key, None, None, 1, 1
def h(n): return n.h if n else 0
def size(n): return n.n if n else 0
def fix(n):
    n.h, n.n = 1 + max(h(n.left), h(n.right)), 1 + size(n.left) + size(n.right)
    return n
def rotate(n, side):
    other = "left" if side == "right" else "right"
    c = getattr(n, other)
    setattr(n, other, getattr(c, side))
    fix(n)
    setattr(c, side, n)
    return fix(c)
def balance(n):
    fix(n)
    d = h(n.left) - h(n.right)
    if d > 1:
        if h(n.left.left) < h(n.left.right): n.left = rotate(n.left, "left")
        return rotate(n, "right")
    if d < -1:
        if h(n.right.right) < h(n.right.left): n.right = rotate(n.right, "right")
        return rotate(n, "left")
    return n
def insert(n, key):
    if n is None: return Node(key)
    if key < n.key: n.left = insert(n.left, key)
    elif key > n.key: n.right = insert(n.right, key)
    return balance(n)
def delete(n, key):
    if n is None: raise KeyError(key)
    if key < n.key: n.left = delete(n.left, key)
    elif key > n.key: n.right = delete(n.right, key)
    elif n.left is None: return n.right
    elif n.right is None: return n.left
    else:
        m = n.right
        while m.left: m = m.left
        n.key, n.right = m.key, delete(n.right, m.key)
    return balance(n)
class SortedSet:
    def __init__(self, items=()):
        self.root = None
        for x in items: self.add(x)
    def add(self, x): self.root = insert(self.root, x)
    def remove(self, x): self.root = delete(self.root, x)
    def __len__(self): return size(self.root)
    def __iter__(self):
        stack, n = [], self.root
        while stack or n:
            while n: stack.append(n); n = n.left
            n = stack.pop()
            yield n.key
            n = n.right
    def __contains__(self, x):
        n = self.root
        while n and n.key != x: n = n.left if x < n.key else n.right
        return n is not None
    def __getitem__(self, i):
        if i < 0: i += len(self)
        if not 0 <= i < len(self): raise IndexError("index out of range")
        n = self.root
        while True:
            k = size(n.left)
            if i == k: return n.key
            n, i = (n.left, i) if i < k else (n.right, i - k - 1)
    def between(self, lo, hi):
        def walk(n):
            if n is None: return
            if lo < n.key: yield from walk(n.left)
            if lo <= n.key <= hi: yield n.key
            if n.key < hi: yield from walk(n.right)
        return list(walk(self.root))
    def check(self):
        def walk(n):
            if n is None: return
            assert abs(h(n.left) - h(n.right)) <= 1 and n.n == 1 + size(n.left) + size(n.right)
            walk(n.left); walk(n.right)
        walk(self.root)
s = SortedSet([5, 2, 8, 1, 9, 3, 5])
print(list(s), len(s), 8 in s, 7 in s, s[0], s[-1], s[2], s.between(2, 8), s.root.h)
for bad in (lambda: s.remove(77), lambda: s[99]):
    try: bad()
    except (KeyError, IndexError) as e: print(type(e).__name__, e)
x, model, t = 12345, set(), SortedSet()
for step in range(2000):
    x = (x * 1103515245 + 12345) & 0x7fffffff
    k = x >> 8 & 255
    if x & 1 or k not in model: model.add(k); t.add(k)
    else: model.discard(k); t.remove(k)
    if step % 250 == 0: t.check(); assert list(t) == sorted(model)
print(len(t), t.root.h, list(t)[:5], sorted(SortedSet("hello world")) == sorted(set("hello world")))
big = SortedSet(range(1000))
print(big.root.h, big[500], sum(big), "".join(SortedSet("the quick brown fox")))
