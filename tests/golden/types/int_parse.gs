# int(): strings in all bases, blanks, signs, underscores, floats, bytes, wrong input.

for s in ("12", " 12 ", "+12", "-12", "1_000", "0", "-0", "00012", "\t7\n", "٣٤", "१२"):
    print(repr(s), int(s))
for s, b in (("ff", 16), ("0xff", 16), ("0xFF", 0), ("0b101", 0), ("0o17", 0), ("z", 36), ("-Zz", 36), ("11", 2), ("0b11", 2), ("777", 8), ("0_1", 2), ("1_0", 0), ("0", 0), ("00", 0), ("012", 10)):
    print(repr(s), b, int(s, b))
print(int(3.9), int(-3.9), int(1e20), int(True), int(b"42"), int(bytearray(b" -7 ")), int("0x1F", base=16), int(), int(1e300) % 1000)
def attempt(*a, **k):
    try:
        print(int(*a, **k))
    except Exception as e:
        print(type(e).__name__, e)
for s in ("", " ", "abc", "1.5", "1e3", "--1", "1 2", "1__0", "_1", "1_", "0x10", "½", "12é", "\x00", "1\x002"):
    attempt(s)
attempt("012", 0)
attempt("8", 8)
attempt("1", 1)
attempt("1", 37)
attempt("1", -1)
attempt(1, 10)
attempt(None)
attempt([])
attempt(1j)
attempt("1", "2")
attempt(float("nan"))
attempt(float("inf"))
attempt(-float("inf"))
attempt(b"x")
attempt(base=10)
attempt("zz", 35)
class I:
    def __int__(self): return 7
class X:
    def __index__(self): return 8
class T:
    def __trunc__(self): return 9
class Bad:
    def __int__(self): return "x"
class S(str): pass
print(int(I()), int(X()), int(S("5")))
attempt(Bad())
print(str(10 ** 30), int("9" * 30) + 1, int("-" + "1" * 25), repr(-10 ** 20), int(str(2 ** 200)) == 2 ** 200)
print(int("f" * 20, 16), int("1" * 100, 2) == 2 ** 100 - 1)
