# Big integers: growth and shrinking, all operations against identities, printing, comparing.

def fact(n):
    r = 1
    for i in range(2, n + 1):
        r *= i
    return r
f30, f25 = fact(30), fact(25)
print(f30, f30 // f25, f30 % f25, f30 // -f25, -f30 % 10 ** 9, divmod(-f30, 10 ** 20))
print(2 ** 200, 3 ** 100, (-3) ** 101, 7 ** 77 % 10 ** 15, pow(7, 77, 10 ** 15))
a, b = 123456789 ** 7, 987654321 ** 5
print(a * b // b == a, (a + b) - b == a, a * b % a, a // b * b + a % b == a, -a // b * b + -a % b == -a)
print(a - a, a - (a - 5), (a - a) + 1, type(a - a + 1), a * 0, -a + a, a // a, 0 // a, 0 * a)
print(a & b, a | b, a ^ b, ~a, a & -b, -a | b, -a ^ -b)
print(a >> 100, a << 10, -a >> 100, a >> 1000, -a >> 1000)
print(a > b, a == a + 0, a != b, a >= a, -a < -b, a < 5, 5 < a, a == 5, hash(a) == hash(a + 0))
print(float(2 ** 100), float(10 ** 22), float(10 ** 23), 2 ** 1000 * 1.0, int(1.5e300) == 15 * 10 ** 299)
print(a / b, b / a, 10 ** 30 / 7, 1 / 10 ** 30, 10 ** 308 / 10, (2 ** 1100) / (2 ** 1099))
print(str(a), repr(-a), f"{a:,}", f"{a:x}", f"{a:e}", "%d" % a, int(str(a)) == a, int(hex(a), 16) == a)
print(abs(-a) == a, +a == a, a.bit_length(), bool(a), round(a, -30), a.__index__() == a, int(a) is a)
def fib(n):
    x, y = 0, 1
    for _ in range(n):
        x, y = y, x + y
    return x
print(fib(300))
def isqrt(n):
    x = 1 << (n.bit_length() + 1) // 2
    while True:
        y = (x + n // x) // 2
        if y >= x: return x
        x = y
print(isqrt(10 ** 60), isqrt(2 * 10 ** 60))
def gcd(x, y):
    while y: x, y = y, x % y
    return x
print(gcd(f30, 2 ** 40), gcd(a * 6, a * 15) == a * 3)
s = sum(d ** 20 for d in range(1, 20))
print(s, sum([2 ** 62, 2 ** 62, -2 ** 63]), sum([4611686018427387903, 1]), max(2 ** 64, 2 ** 65, 3), sorted([2 ** 70, -2 ** 70, 5, 0.5]))
d = {2 ** 70: "big", 2.0 ** 70: "same key"}
print(d, 2 ** 70 in d, len({2 ** 64, 2 ** 64 + 0, 2.0 ** 64}))
x = 1
while x < 10 ** 40:
    x = x * 1000003 ^ (x >> 7)
print(x)
x = 2 ** 63
while x > 2 ** 61:
    x -= 2 ** 60
print(x, [1, 2, 3][2 ** 70 - 2 ** 70], list(range(2 ** 70, 2 ** 70 + 3)), range(10 ** 30)[10 ** 29], len(range(2 ** 70, 2 ** 70 + 9, 2)))
def pi_digits(n):
    q, r, t, k, m, x = 1, 0, 1, 1, 3, 3
    out = []
    while len(out) < n:
        if 4 * q + r - t < m * t:
            out.append(m)
            q, r, m = 10 * q, 10 * (r - m * t), 10 * (3 * q + r) // t - 10 * m
        else:
            q, r, t, k, m, x = q * k, (2 * q + r) * x, t * x, k + 1, (q * (7 * k + 2) + r * x) // (t * x), x + 2
    return "".join(map(str, out))
print(pi_digits(100))
