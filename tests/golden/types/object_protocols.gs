# Protocols that the built-in types use: __len__, __iter__, __contains__, __hash__, __bool__, __index__, __repr__, __str__.

class Deck:
    def __init__(self, cards): self.cards = list(cards)
    def __len__(self): return len(self.cards)
    def __getitem__(self, i): return self.cards[i]
    def __setitem__(self, i, v): self.cards[i] = v
    def __delitem__(self, i): del self.cards[i]
    def __contains__(self, c): return c.upper() in self.cards
    def __reversed__(self): return iter(["reversed"])
    def __repr__(self): return f"Deck({self.cards!r})"
    def __str__(self): return "".join(self.cards)
d = Deck("ABCD")
d[0] = "Z"
del d[1]
print(len(d), d[0], d[-1], d[1:], "z" in d, "b" in d, list(d), list(reversed(d)), d, repr(d), [d], f"{d} {d!r}", "%s %r" % (d, d), bool(d), bool(Deck("")), sorted(d), max(d), d.cards.index("D"))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Bad:
    def __len__(self): return "3"
    def __iter__(self): return 5
    def __repr__(self): return 5
    def __str__(self): return b"x"
    def __hash__(self): return "h"
    def __bool__(self): return "yes"
    def __contains__(self, x): raise LookupError("contains")
    def __index__(self): return 1.5
    def __int__(self): return "1"
    def __float__(self): return "1.0"
    def __complex__(self): return 1
    def __format__(self, s): return None
    def __bytes__(self): return "b"
    def __reversed__(self): return 5
    def __dir__(self): return 5
    def __length_hint__(self): return -1
b = Bad()
for f in (len, iter, repr, str, hash, bool, int, float, complex, format, bytes, reversed, dir, hex, chr, "abc".__getitem__, list, lambda x: 1 in x, lambda x: [0][x], lambda x: f"{x}", lambda x: "%d" % x, lambda x: range(x), print, lambda x: {x: 1}, lambda x: [0] * x, lambda x: x and 1):
    attempt(lambda: f(b))
class Neg:
    def __len__(self): return -1
class Huge:
    def __len__(self): return 10 ** 30
attempt(lambda: len(Neg()))
attempt(lambda: len(Huge()))
attempt(lambda: len(5))
attempt(lambda: len())
attempt(lambda: len([], []))
class NoHash:
    def __eq__(self, o): return True
attempt(lambda: hash(NoHash()))
attempt(lambda: {NoHash()})
class HashOnly:
    def __hash__(self): return 10 ** 30
print(hash(HashOnly()) == hash(10 ** 30), len({HashOnly(), HashOnly()}))
class Unhash:
    __hash__ = None
attempt(lambda: hash(Unhash()))
class NotIterable:
    __iter__ = None
attempt(lambda: iter(NotIterable()))
attempt(lambda: 5 in NotIterable())
class NotContaining:
    __contains__ = None
    def __iter__(self): return iter([1])
attempt(lambda: 1 in NotContaining())
class HasHash(int):
    def __eq__(self, o): return NotImplemented
    __hash__ = int.__hash__
print({HasHash(1): "a"}, HasHash(1) == 1, 1 == HasHash(1), HasHash(1) + 1)
