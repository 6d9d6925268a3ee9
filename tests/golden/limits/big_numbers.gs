# Large powers, shifts, factorials and products: checked by identities and digests.

def digest(n): return n % (10 ** 9 + 7), n.bit_length()
print(digest(3 ** 10000), digest(7 ** 5000 * 11 ** 5000), digest(2 ** 100000 - 1), digest((1 << 20000) // 3))
f = 1
for i in range(1, 2001): f *= i
print(digest(f), digest(f // 3 ** 100), f % 2003)
a, b = 3 ** 3000 + 1, 7 ** 1500 - 5
print(a * b // a == b, a * b % b == 0, divmod(a, b)[0] * b + divmod(a, b)[1] == a, (a + b) * (a - b) == a * a - b * b, (-a) // b == -(a // b) - 1)
print(pow(3, 10 ** 50, 10 ** 20), pow(a, b, 997), pow(7, -1, 10 ** 30 + 57))
x, y = 0, 1
for _ in range(5000): x, y = y, x + y
print(digest(x), len(str(x)))
print((10 ** 3000 >> 5000).bit_length(), (1 << 64000).bit_length(), (-1 << 5000) >> 4990, ((1 << 5000) - 1) & ((1 << 100) - 1) == (1 << 100) - 1)
s = 0
for k in range(1, 300): s += 10 ** 200 // k
print(s)
n = 2 ** 521 - 1
print(pow(3, n - 1, n) == 1, n % 1000000)
