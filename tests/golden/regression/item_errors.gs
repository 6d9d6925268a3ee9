# Assigning and deleting items of objects of every kind, where that is not supported: which error.

def t(f):
    try: f()
    except Exception as e: print(type(e).__name__, e)
class C: pass
class D:
    def __setitem__(self, k, v): pass
class E:
    def __getitem__(self, k): return 1

def d(o, k):
    del o[k]
for o in (..., 1, "s", (1,), b"x", None, range(3), C(), D(), E(), 1.5, frozenset(), {1}, C, len, {}.keys()):
    for k in (0, "a", slice(1), 10**30):
        t(lambda: d(o, k))
        def s(): o[k] = 1
        t(s)
        t(lambda: o[k])
class OnlyDel:
    def __delitem__(self, k): pass
def assign(): OnlyDel()[1] = 2
t(assign)
for v in (2 ** 61, -2 ** 61, 2 ** 62, -2 ** 62, 2 ** 63 - 1, -2 ** 63, 2 ** 63, 2 ** 100, -2 ** 100):
    for s in ("abcde", b"abcde", (1, 2, 3), [1, 2, 3], bytearray(b"abcde"), range(5)):
        t(lambda: s[v])
        t(lambda: print(s * v))
        t(lambda: print(v * s))
def times(a, b):
    a *= b
    print(a)
for a in ({1}, {}, range(2), C(), None, 1.5, len):
    t(lambda: times(a, [1]))
    t(lambda: times(a, "s"))
    t(lambda: a * [1])
