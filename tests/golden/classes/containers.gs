# Own containers: sequence, mapping, set-like, with slices, iteration, comparison, in-place operators.

class Ring:
    def __init__(self, size): self.size, self.items = size, []
    def append(self, x):
        self.items.append(x)
        if len(self.items) > self.size: self.items.pop(0)
    def __len__(self): return len(self.items)
    def __getitem__(self, i):
        if isinstance(i, slice): return self.items[i]
        if not self.items: raise IndexError("ring is empty")
        return self.items[i % len(self.items)]
    def __iter__(self): return iter(self.items)
    def __iadd__(self, xs):
        for x in xs: self.append(x)
        return self
    def __contains__(self, x): return x in self.items
    def __eq__(self, o): return isinstance(o, Ring) and self.items == o.items
    def __repr__(self): return f"Ring({self.items})"
r = Ring(3)
r += [1, 2, 3, 4]
print(r, len(r), r[0], r[5], r[-1], r[1:], list(r), 4 in r, 1 in r, max(r), sum(r), [*r], r == Ring(3), sorted(r, reverse=True), ",".join(map(str, r)))
try:
    Ring(1)[0]
except IndexError as e:
    print(e)
class Matrix:
    def __init__(self, rows): self.rows = [list(r) for r in rows]
    def __getitem__(self, ij):
        i, j = ij
        if isinstance(i, slice): return [row[j] for row in self.rows[i]]
        return self.rows[i][j]
    def __setitem__(self, ij, v): self.rows[ij[0]][ij[1]] = v
    def __delitem__(self, i): del self.rows[i]
    def __matmul__(self, o): return Matrix([[sum(a * b for a, b in zip(r, c)) for c in zip(*o.rows)] for r in self.rows])
    def __imatmul__(self, o): self.rows = (self @ o).rows; return self
    def __str__(self): return "\n".join(" ".join(f"{v:3}" for v in r) for r in self.rows)
m = Matrix([[1, 2], [3, 4]])
m[0, 1] = 5
m[1, 0] += 10
print(m, m[0, 1], m[:, 0], m @ m, sep="\n")
k = m
m @= Matrix([[0, 1], [1, 0]])
print(k is m, m, sep="\n")
del m[0]
print(m)
class CaseDict:
    def __init__(self, *a, **k): self.d = {}; self.update(*a, **k)
    def __getitem__(self, k): return self.d[k.lower()][1]
    def __setitem__(self, k, v): self.d[k.lower()] = (k, v)
    def __delitem__(self, k): del self.d[k.lower()]
    def __iter__(self): return (k for k, v in self.d.values())
    def __len__(self): return len(self.d)
    def __contains__(self, k): return k.lower() in self.d
    def keys(self): return list(self)
    def update(self, other=(), **k):
        for key, v in dict(other, **k).items(): self[key] = v
    def __or__(self, o):
        n = CaseDict(); n.update({k: self[k] for k in self}); n.update(o); return n
h = CaseDict({"Content-Type": "text"}, Host="x")
h["HOST"] = "y"
print(dict(h), {**h}, "host" in h, h["content-TYPE"], len(h), list(h | {"Accept": "*"}))
del h["host"]
print(dict(h))
try:
    h["nope"]
except KeyError as e:
    print("KeyError", e)
class Stack:
    def __init__(self): self._s = []
    def push(self, *xs): self._s.extend(xs); return self
    def pop(self): return self._s.pop()
    def __bool__(self): return bool(self._s)
    def __reversed__(self): return reversed(self._s)
s = Stack().push(1, 2, 3)
while s:
    print(s.pop(), end=" ")
print(list(reversed(Stack().push("a", "b"))))
class LinkedList:
    class Node:
        __slots__ = "value", "next"
        def __init__(self, v, n=None): self.value, self.next = v, n
    def __init__(self, it=()):
        self.head = None
        for v in reversed(list(it)): self.head = self.Node(v, self.head)
    def __iter__(self):
        n = self.head
        while n is not None:
            yield n.value
            n = n.next
    def reverse(self):
        prev, n = None, self.head
        while n: n.next, prev, n = prev, n, n.next
        self.head = prev
        return self
    def __len__(self): return sum(1 for _ in self)
print(list(LinkedList("abc").reverse()), len(LinkedList(range(5))), 3 in LinkedList([1, 3]))
