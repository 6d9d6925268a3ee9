# slice: attributes, indices, equality, use with own classes.

s = slice(1, 10, 2)
print(s, s.start, s.stop, s.step, slice(5), slice(None), slice(1, 2), s == slice(1, 10, 2), s != slice(1), slice("a", [1]), s.indices(5), slice(None, None, -1).indices(4), slice(-3, None).indices(10), slice(100).indices(3), slice(None, -100, -1).indices(3))
print("abcdefghij"[s], list(range(20))[s], (1, 2, 3)[slice(None, None, -1)], b"abc"[slice(0, 2)], [1, 2, 3][slice(1, None)])
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: slice())
attempt(lambda: slice(1, 2, 3, 4))
attempt(lambda: hash(s))
attempt(lambda: s.indices(-1))
attempt(lambda: slice(0, 5, 0).indices(5))
attempt(lambda: slice("a").indices(5))
attempt(lambda: setattr(s, "start", 5))
attempt(lambda: [1][slice("a")])
attempt(lambda: slice(1) < slice(2))
attempt(lambda: slice(1) < slice("a"))
class Vec:
    def __init__(self, *v): self.v = v
    def __len__(self): return len(self.v)
    def __getitem__(self, k):
        if isinstance(k, slice):
            return Vec(*(self.v[i] for i in range(*k.indices(len(self)))))
        return self.v[k]
    def __repr__(self): return f"Vec{self.v}"
v = Vec(1, 2, 3, 4, 5)
print(v[1:3], v[::-2], v[-2:], v[10:], v[0], v[-1], list(v), v[:])
print(slice(1, 2).__eq__(slice(1, 2)), repr(slice(None, 5)), type(slice(1)).__name__)
