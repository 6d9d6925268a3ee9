# len and hash of everything, own __len__ and __hash__, and consistency of hash with ==.

for o in ("", "abc", "é中", b"ab", [], [1], (), {}, {1: 2}, set(), {1, 2}, range(5), range(0, 10, 3), frozenset([1]), bytearray(3), memoryview(b"xy"), {}.keys(), {1: 2}.items(), "a" * 1000):
    print(len(o), end=" ")
print()
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for o in (5, None, 1.5, iter([]), (x for x in ()), print, object(), zip(), map(str, []), type, int, enumerate([])):
    attempt(lambda: len(o))
for o in ([], {}, set(), bytearray(), ([],), ({},), slice(1), {}.keys(), (1, [2])):
    attempt(lambda: hash(o))
print(hash(0), hash(1), hash(-1), hash(2 ** 61 - 1), hash(-(2 ** 61 - 1)), hash(2 ** 61), hash(10 ** 18), hash(2 ** 100), hash(-2 ** 100), hash(1.5), hash(-1.5), hash(0.1), hash(1e20), hash(float("inf")), hash(1j), hash(1 + 1j), hash(()), hash((1,)), hash((1, 2, 3)), hash(((),)), hash((1.5, -1)), hash(frozenset()), hash(frozenset([1])), hash(frozenset([1, 2])), hash(False), hash(range(5)) == hash(range(0, 5, 1)))
print(hash(1) == hash(1.0), hash(2 ** 64) == hash(float(2 ** 64)), hash((1, 2)) == hash((1.0, 2.0)), hash("a") == hash("a"), hash(b"a") == hash(b"a"), hash(True) == hash(1), hash(None) == hash(None), hash(int) == hash(int), hash(len) == hash(len), hash(-2) == hash(-1), hash("") == 0 == hash(b""))
class H:
    def __init__(self, h): self.h = h
    def __hash__(self): return self.h
print(hash(H(5)), hash(H(-1)), hash(H(2 ** 61 - 1)), hash(H(2 ** 64)), hash(H(-2 ** 70)), hash(H(True)))
attempt(lambda: hash(H("x")))
attempt(lambda: hash(H(1.5)))
attempt(lambda: hash(H(None)))
class E:
    def __eq__(self, o): return True
attempt(lambda: hash(E()))
print(E.__hash__, object.__hash__ is not None)
class L:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
print(len(L(5)), len(L(True)), bool(L(0)))
for n in (-1, 1.5, "a", None, 2 ** 70, -2 ** 70):
    attempt(lambda: len(L(n)))
    attempt(lambda: bool(L(n)))
