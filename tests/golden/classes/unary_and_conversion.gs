# Unary operators and conversions: __neg__, __pos__, __invert__, __abs__, __int__, __float__, __index__, __round__, __trunc__, __floor__, __ceil__, __divmod__, __pow__.

import math
class N:
    def __neg__(self): return "neg"
    def __pos__(self): return "pos"
    def __invert__(self): return "inv"
    def __abs__(self): return "abs"
    def __int__(self): return 42
    def __float__(self): return 4.5
    def __complex__(self): return 1j
    def __index__(self): return 3
    def __round__(self, n=None): return ("round", n)
    def __trunc__(self): return "trunc"
    def __floor__(self): return "floor"
    def __ceil__(self): return "ceil"
    def __divmod__(self, o): return ("divmod", o)
    def __rdivmod__(self, o): return ("rdivmod", o)
    def __pow__(self, o, m=None): return ("pow", o, m)
    def __rpow__(self, o, m=None): return ("rpow", o)
    def __bool__(self): return False
    def __hash__(self): return 77
    def __str__(self): return "str"
    def __repr__(self): return "repr"
    def __bytes__(self): return b"bytes"
    def __format__(self, s): return f"format {s!r}"
    def __len__(self): return 8
    def __sizeof__(self): return 1
n = N()
print(-n, +n, ~n, abs(n), int(n), float(n), complex(n), "abcdef"[n], round(n), round(n, 2), math.trunc(n), math.floor(n), math.ceil(n), divmod(n, 2), divmod(2, n), pow(n, 2), pow(n, 2, 5), n ** 3, 3 ** n, not n, hash(n), str(n), repr(n), bytes(n), f"{n}", f"{n:x}", len(n), bin(n), hex(n), oct(n), chr(n), [1, 2, 3, 4, 5][:n], "ab" * n, range(n), list(range(n)), bytes(5)[n], math.sqrt(n), "%d %f %s %r" % (n, n, n, n), [0] * n, (1, 2, 3, 4)[n])
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Nothing: pass
x = Nothing()
for f in (lambda: -x, lambda: +x, lambda: ~x, lambda: abs(x), lambda: int(x), lambda: float(x), lambda: complex(x), lambda: round(x), lambda: math.floor(x), lambda: math.trunc(x), lambda: "abc"[x], lambda: bin(x), lambda: chr(x), lambda: range(x), lambda: math.sqrt(x), lambda: "%d" % x, lambda: "a" * x, lambda: pow(x, 2), lambda: divmod(x, 1), lambda: bytes(x), lambda: len(x)):
    attempt(f)
class IntSub(int):
    def __int__(self): return 1000
    def __index__(self): return 2000
    def __float__(self): return 0.5
    def __str__(self): return "IntSub"
    def __repr__(self): return "IntSub()"
    def __bool__(self): return False
i = IntSub(5)
print(int(i), "abcdefgh"[i], float(i), i + 1, str(i), f"{i}", f"{i:d}", "%d %s" % (i, i), bool(i), [10, 11, 12, 13, 14, 15][i], range(i), hex(i), i, [i])
class FloatSub(float):
    def __float__(self): return 9.0
    def __repr__(self): return "FS"
print(float(FloatSub(1.5)), FloatSub(1.5) + 0, math.sqrt(FloatSub(4)), [FloatSub(1)], f"{FloatSub(2)}", f"{FloatSub(2):.1f}")
class BoolInt:
    def __bool__(self): return 1
class RetSub:
    def __int__(self): return True
    def __index__(self): return True
attempt(lambda: bool(BoolInt()))
