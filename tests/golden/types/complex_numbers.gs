# complex: literals, arithmetic, repr, parsing, comparisons, methods.

for z in (0j, 1j, -1j, 1 + 2j, 1 - 2j, -0.0 + 0j, complex(-0.0, -0.0), 1.5 + 0j, complex("inf"), complex(0, float("nan")), complex(float("inf"), float("-inf")), 1e20 + 1e-20j):
    print(z, repr(z), bool(z), z.real, z.imag, z.conjugate())
a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a ** 2, a ** 0.5, a ** b, -a, +a, abs(a), a == 3 + 4j, a != b, a == 3, 3 + 0j == 3, hash(3 + 0j) == hash(3), hash(1 + 2j), 2 ** (1 + 1j), 0j ** 0, 1j ** 2, (1j) ** -1)
print(1 + 1j * 2, 2.5 * 1j, True + 1j, 10 ** 20 + 1j, 1j / 2, 2 / 1j, 1 - 1j, sum([1j, 2, 0.5]))
for s in ("1+2j", " 1-2J ", "j", "-j", "3", "1e3-2.5e-1j", "(1+2j)", "inf+nanj", "+1j", "1 + 2j", "", "1+2", "2j+1", "abc", "1+2jj", "( 1j )", "1_0j"):
    try:
        print(repr(s), complex(s))
    except ValueError as e:
        print(repr(s), e)
print(complex(), complex(1), complex(1, 2), complex(1j, 1j), complex(real=1, imag=2.5), complex(True))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: complex("1", 2))
attempt(lambda: complex(1, "2"))
attempt(lambda: complex(None))
attempt(lambda: a < b)
attempt(lambda: a // b)
attempt(lambda: a % b)
attempt(lambda: divmod(a, b))
attempt(lambda: 1j / 0)
attempt(lambda: 0j ** -1)
attempt(lambda: 0j ** 1j)
attempt(lambda: int(1j))
attempt(lambda: float(1j))
attempt(lambda: round(1j))
attempt(lambda: 1j.real.nothing)
attempt(lambda: (1e200 + 1e200j) ** 2)
attempt(lambda: abs(1e308 + 1e308j * 1.5))
attempt(lambda: max([1j, 2j]))
attempt(lambda: setattr(1j, "real", 2))
class C:
    def __complex__(self): return 1 + 2j
class F:
    def __float__(self): return 2.5
print(complex(C()), complex(F()), complex(C()) + 1)
print(format(1.5 + 2.25j, ".1f"), format(1 + 2j, ""), f"{1 + 2j:>12}", f"{1 + 2j:+.2e}", "%s %r" % (1j, 1 + 1j), f"{1234.5+6789.25j:,.1f}")
attempt(lambda: format(1j, "d"))
attempt(lambda: format(1j, "=10"))
attempt(lambda: format(1j, "010"))
print(sorted([3j, 1j, 2 + 2j], key=abs), {1 + 0j: "one"}[1], 1 in [1 + 0j], (1, 2j).count(2j))
