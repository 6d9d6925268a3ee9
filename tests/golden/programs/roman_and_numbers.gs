# Number conversions: roman numerals, words, bases, checksums, primes, perfect numbers, Collatz.

ROMAN = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
def to_roman(n):
    if not 0 < n < 4000: raise ValueError(f"{n} is out of range")
    out = ""
    for v, r in ROMAN:
        while n >= v:
            out += r
            n -= v
    return out
def from_roman(s):
    total, i = 0, 0
    for v, r in ROMAN:
        while s.startswith(r, i):
            total += v
            i += len(r)
    if i != len(s) or to_roman(total) != s: raise ValueError(f"not a roman number: {s!r}")
    return total
print([to_roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)], all(from_roman(to_roman(n)) == n for n in range(1, 4000)))
for bad in ("IIII", "VX", "ABC", "IXI", ""):
    try:
        from_roman(bad)
    except ValueError as e:
        print(e)
SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
def words(n):
    if n < 0: return "minus " + words(-n)
    if n < 20: return SMALL[n]
    if n < 100: return TENS[n // 10 - 2] + ("-" + SMALL[n % 10] if n % 10 else "")
    if n < 1000: return SMALL[n // 100] + " hundred" + (" and " + words(n % 100) if n % 100 else "")
    for size, name in ((10 ** 9, "billion"), (10 ** 6, "million"), (1000, "thousand")):
        if n >= size:
            rest = n % size
            return words(n // size) + " " + name + ((" and " if rest < 100 else " ") + words(rest) if rest else "")
for n in (0, 7, 15, 42, 100, 101, 342, 1000, 1001, 12345, 1000000, 9876543210, -21): print(n, words(n))
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
def to_base(n, b):
    if n == 0: return "0"
    s, n = ("-", -n) if n < 0 else ("", n)
    out = ""
    while n: n, out = n // b, DIGITS[n % b] + out
    return s + out
print([to_base(255, b) for b in (2, 8, 16, 36)], all(int(to_base(n, b), b) == n for n in range(-50, 500, 7) for b in range(2, 37)))
def luhn(s): return sum(sum(divmod(int(c) * (2 if i % 2 else 1), 10)) for i, c in enumerate(reversed(s))) % 10 == 0
print(luhn("4539578763621486"), luhn("4539578763621487"), [d for d in range(10) if luhn(f"7992739871{d}")])
def sieve(n):
    p = bytearray([1]) * (n + 1)
    p[:2] = b"\0\0"
    for i in range(2, int(n ** 0.5) + 1):
        if p[i]: p[i * i::i] = bytes(len(range(i * i, n + 1, i)))
    return [i for i, x in enumerate(p) if x]
def factor(n):
    out, d = {}, 2
    while d * d <= n:
        while n % d == 0:
            out[d] = out.get(d, 0) + 1
            n //= d
        d += 1
    if n > 1: out[n] = out.get(n, 0) + 1
    return out
print(sieve(60), len(sieve(10000)), factor(360), factor(997), factor(2 ** 20 * 3 ** 5 * 101))
def collatz(n): 
    steps = 0
    while n != 1: n, steps = n // 2 if n % 2 == 0 else 3 * n + 1, steps + 1
    return steps
print([collatz(n) for n in range(1, 12)], max(range(1, 1000), key=collatz), [n for n in range(2, 500) if sum(d for d in range(1, n) if n % d == 0) == n], [n for n in range(100, 1000) if sum(int(c) ** 3 for c in str(n)) == n])
print([f"{c}°C={c * 9 / 5 + 32:.1f}°F" for c in (-40, 0, 37, 100)], sum(int(d) for d in str(2 ** 1000)))
row = [1]
for _ in range(6):
    print(" ".join(map(str, row)).center(24).rstrip())
    row = [a + b for a, b in zip([0] + row, row + [0])]
