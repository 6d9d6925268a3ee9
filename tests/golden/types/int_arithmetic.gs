# int: the four operations, division and modulo of all signs, powers, divmod, conversions between kinds.

for a in (7, -7):
    for b in (2, -2, 3, -3):
        print(a, b, a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a ** abs(b), a ** -abs(b))
print(0 // 5, 0 % -5, -1 // 10 ** 20, -1 % 10 ** 20, 5 // -10 ** 20)
print(2 ** 0, 0 ** 0, 0 ** 5, (-1) ** 1001, (-2) ** 63, 10 ** 25)
print(pow(3, 200, 13), pow(3, -1, 7), pow(-3, 5, 7), pow(2, 10, -7), pow(0, 0, 1), pow(5, 0, 3))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: 1 / 0)
attempt(lambda: 1 // 0)
attempt(lambda: 1 % 0)
attempt(lambda: divmod(1, 0))
attempt(lambda: 0 ** -1)
attempt(lambda: pow(2, -1, 4))
attempt(lambda: pow(2, 3, 0))
attempt(lambda: 10 ** 400 / 3)
attempt(lambda: (10 ** 400) / (10 ** 399))
attempt(lambda: 10 ** 400 * 1.0)
attempt(lambda: 1 + "a")
attempt(lambda: "a" + 1)
attempt(lambda: 1 - None)
attempt(lambda: [] * 1.5)
attempt(lambda: 1 < "a")
attempt(lambda: -"a")
attempt(lambda: ~1.5)
attempt(lambda: 1 @ 2)
attempt(lambda: 1 << -1)
attempt(lambda: 1 >> -1)
attempt(lambda: 1 | 1.0)
attempt(lambda: 0 << 10 ** 30)
attempt(lambda: 1 >> 10 ** 30)
attempt(lambda: -1 >> 10 ** 30)
attempt(lambda: 2 ** 0.5)
attempt(lambda: (-8) ** (1 / 3))
print(1 + True, True + True, True * 5, -True, ~True, True / 2, 5 - 2.0, 3 * 1j)
print(4611686018427387904 - 1, 4611686018427387903 + 1, -4611686018427387904 - 1, 9223372036854775807 + 1)
print(3037000500 * 3037000500, 2147483648 * 4294967296, 4294967296 * 4294967296, -2147483648 * 4294967296)
x = 1
for i in range(70):
    x = x * 3 + i
print(x, x // 3 ** 60, x % 1000007)
print(7 .__add__(1), (7).__radd__(1), (7).__truediv__(2), (7).__add__("x"), int.__mul__(3, 4))
