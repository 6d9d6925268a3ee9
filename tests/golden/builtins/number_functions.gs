# abs, divmod, pow, round, bin, hex, oct, chr, ord, int and float helpers.

print(abs(-5), abs(-2.5), abs(3 + 4j), abs(True), abs(-10 ** 30), divmod(17, 5), divmod(-17, 5), divmod(17.5, 5), divmod(10 ** 30, 7), pow(2, 10), pow(2, -1), pow(2.0, 3), pow(2, 10, 1000), pow(3, -1, 11), pow(-2, 3), pow(0, 0), pow(2, 0.5), pow(base=2, exp=3, mod=5))
print(bin(5), bin(-5), bin(True), hex(255), hex(-255), oct(8), oct(-8), bin(10 ** 20), chr(97), ord("a"), ord(b"a"), chr(8364), ord("€"), ord("\U0001f600"))
print(round(2.5), round(3.5), round(2.675, 2), round(-1.5), round(1234, -2), round(5), round(1.0), round(0.5), round(1e20), round(True))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for f in (lambda: abs("a"), lambda: abs(), lambda: divmod(1, 0), lambda: divmod("a", 1), lambda: divmod(1), lambda: pow(2), lambda: pow(2, 3, 0), lambda: pow(2.0, 3, 5), lambda: pow(2, 3.0, 5), lambda: pow("a", 2), lambda: pow(2, -1, 2), lambda: bin(1.5), lambda: hex("a"), lambda: oct(None), lambda: chr(1.5), lambda: chr(-1), lambda: chr(2 ** 40), lambda: ord("ab"), lambda: ord(97), lambda: ord(b""), lambda: round("a"), lambda: round(1, "a"), lambda: round(), lambda: 0.0 ** -2, lambda: pow(0, -1), lambda: pow(1j, 2, 3), lambda: divmod(1j, 1)):
    attempt(f)
print([f"{i}:{chr(i)}" for i in range(65, 70)], "".join(chr(ord(c) + 1) for c in "HAL"), [ord(c) for c in "né"], sum(map(ord, "abc")), [hex(b) for b in b"\x0f\xf0"])
print(pow(7, 10 ** 18, 13), pow(-3, 5, 7), pow(123456789, 987654321, 1000000007), pow(2, 5, -3), pow(10 ** 20, 3, 10 ** 9 + 7), pow(5, 3, 1))
class N:
    def __abs__(self): return "abs"
    def __pow__(self, e, m=None): return ("pow", e, m)
    def __divmod__(self, o): return "divmod"
    def __round__(self, n=None): return ("round", n)
print(abs(N()), pow(N(), 2), pow(N(), 2, 3), divmod(N(), 1), round(N()), round(N(), 1))
