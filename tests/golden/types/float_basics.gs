# float: arithmetic, special values, repr, conversion, methods.

inf, nan = float("inf"), float("nan")
for x in (0.0, -0.0, 1.0, -1.5, 0.1, 1e16, 123456789012345680.0, 1e22, 1e-5, 1.5e-7, 5e-324, 1.7976931348623157e308, inf, -inf, nan, 1 / 3, 2 / 3, 1e100, 100000.0, 1e15, 123456.789e3, 4.35, 2.675, 1e-4, 0.00012):
    print(repr(x), str(x), f"{x}", [x], x == x, bool(x))
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(7.5, 2), divmod(-7.5, 2), -0.0 % 5, 0.0 % -5, 5.0 // inf, -5.0 // inf, 5.0 % inf, -5.0 % inf, 1e308 * 10, -1e308 * 10)
print(2.0 ** 0.5, 2.0 ** -1, (-8.0) ** 3, 0.0 ** 0, inf ** 0, nan ** 0, 1 ** nan, (-8) ** 0.5, 2.0 ** 1023, (-0.0) ** 3, (-1.0) ** inf, 0.5 ** inf)
print(inf - inf, inf * 0, inf + 1, -inf < inf, nan < 1, nan > 1, nan != nan, inf == inf, 0.0 == -0.0, min(nan, 1) is nan, max(1, nan))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: 1.0 / 0)
attempt(lambda: 1.0 // 0)
attempt(lambda: 1.0 % 0)
attempt(lambda: divmod(1.0, 0.0))
attempt(lambda: 0.0 ** -1)
attempt(lambda: 10.0 ** 400)
attempt(lambda: 1.5 + "x")
attempt(lambda: 1.5 & 1)
attempt(lambda: int(inf))
attempt(lambda: round(inf))
attempt(lambda: round(nan))
attempt(lambda: inf.as_integer_ratio())
attempt(lambda: nan.as_integer_ratio())
attempt(lambda: "ab" * 2.0)
items = [1, 2]
attempt(lambda: items[1.0])
attempt(lambda: range(2.0))
for s in ("1.5", " 1.5\n", "1e3", "-1E-3", ".5", "5.", "1_0.5", "inf", "-Infinity", "nan", "+nAn", "1e400", "1e-400", "0x1p3", "", "abc", "1.5.2", "1e", "1_", "--1", "١.٥", "1 2", "in", "infinit"):
    attempt(lambda: (s, float(s)))
print(float(), float(5), float(True), float(10 ** 20), float(b"2.5"), float(bytearray(b"3")))
attempt(lambda: float(10 ** 400))
attempt(lambda: float(None))
attempt(lambda: float([]))
attempt(lambda: float(1j))
class F:
    def __float__(self): return 2.5
class X:
    def __index__(self): return 3
class B:
    def __float__(self): return 1
print(float(F()), float(X()))
attempt(lambda: float(B()))
print((2.5).is_integer(), (2.0).is_integer(), inf.is_integer(), (0.75).as_integer_ratio(), (-2.5).as_integer_ratio(), (0.1).as_integer_ratio(), (5.0).hex(), (-0.1).hex(), (0.0).hex(), inf.hex(), float.fromhex("0x1.8p3"), float.fromhex(" -0x.8 "), float.fromhex("1e"), (1.5).conjugate(), (1.5).real, (1.5).imag)
attempt(lambda: float.fromhex("zz"))
print(hash(0.5), hash(1e300), hash(inf), hash(-inf), hash(0.1), hash(-1.0), hash(2.0 ** 61), hash(1.5) == hash(3 / 2))
print(abs(-0.0), -nan != nan, +(-1.5), 1.5.__neg__(), (1.5).__trunc__(), (1.5).__floor__(), (-1.5).__ceil__(), (2.5).__round__(), (2.567).__round__(2), (1.5).__int__())
