# An LRU cache on a doubly linked list and a dict, checked against a simple model.

class Node:
    __slots__ = ("key", "value", "prev", "next")
    def __init__(self, key=None, value=None):
        self.key, self.value = key, value
        self.prev = self.next = self

class LRU:
    def __init__(self, size):
        self.size, self.map, self.root = size, {}, Node()
        self.hits = self.misses = 0
    def _link(self, n):
        last = self.root.prev
        last.next = self.root.prev = n
        n.prev, n.next = last, self.root
    def _unlink(self, n):
        n.prev.next, n.next.prev = n.next, n.prev
    def get(self, key, default=None):
        n = self.map.get(key)
        if n is None:
            self.misses += 1
            return default
        self.hits += 1
        self._unlink(n)
        self._link(n)
        return n.value
    def put(self, key, value):
        n = self.map.get(key)
        if n is not None:
            n.value = value
            self._unlink(n)
        else:
            if len(self.map) >= self.size:
                old = self.root.next
                self._unlink(old)
                del self.map[old.key]
            n = self.map[key] = Node(key, value)
        self._link(n)
    def __iter__(self):
        n = self.root.next
        while n is not self.root:
            yield n.key
            n = n.next
    def __len__(self): return len(self.map)
    def __contains__(self, k): return k in self.map
    def __repr__(self): return "LRU(" + ", ".join(f"{k}={self.map[k].value}" for k in self) + ")"

c = LRU(3)
for k in "abcd": c.put(k, ord(k))
print(c, len(c), "a" in c, c.get("b"), c, c.get("zz", "none"))
c.put("c", 0); c.put("e", 1)
print(c, list(c), c.hits, c.misses)

class Model:
    def __init__(self, size): self.size, self.items = size, []
    def get(self, k, default=None):
        for i, (key, v) in enumerate(self.items):
            if key == k:
                self.items.append(self.items.pop(i))
                return v
        return default
    def put(self, k, v):
        self.items = [(a, b) for a, b in self.items if a != k]
        self.items.append((k, v))
        if len(self.items) > self.size: self.items.pop(0)
seed = 7
def rnd(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2 ** 31
    return seed // 65536 % n
real, model = LRU(8), Model(8)
for step in range(5000):
    k = rnd(20)
    if rnd(3): assert real.get(k) == model.get(k), step
    else:
        real.put(k, step)
        model.put(k, step)
    assert list(real) == [k for k, _ in model.items]
print(real, real.hits, real.misses)

def memoize(size):
    cache = LRU(size)
    missing = object()
    def deco(f):
        def inner(*args):
            r = cache.get(args, missing)
            if r is missing:
                r = f(*args)
                cache.put(args, r)
            return r
        inner.cache = cache
        return inner
    return deco
@memoize(50)
def grid(r, c): return 1 if r == 0 or c == 0 else grid(r - 1, c) + grid(r, c - 1)
print(grid(6, 6), len(grid.cache), grid.cache.hits)
