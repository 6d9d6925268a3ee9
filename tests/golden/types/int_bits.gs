# int: shifts, and, or, xor, not on small, negative and big numbers; bit_length, bit_count.

for a in (0, 1, -1, 5, -5, 255, -256, 1 << 62, -(1 << 62), (1 << 70) + 3, -(1 << 70) - 3):
    print(a, ~a, a << 3, a >> 2, a & 0xff, a | 16, a ^ -1, a.bit_length(), a.bit_count())
for a, b in ((12, 10), (-12, 10), (12, -10), (-12, -10), (1 << 65, -1), (-(1 << 65), (1 << 66) - 1), (-1 << 64, -1 << 63)):
    print(a & b, a | b, a ^ b)
print(1 << 61, 1 << 62, 1 << 63, 1 << 64, 1 << 100, -1 << 61, -1 << 62, -1 << 63)
print((1 << 100) >> 90, -(1 << 100) >> 99, -(1 << 100) >> 200, (1 << 100) >> 200, 3 << 0, 3 >> 0, 3 >> 64)
mask = (1 << 64) - 1
def xorshift(n, s=88172645463325252):
    out = []
    for _ in range(n):
        s ^= (s << 13) & mask
        s ^= s >> 7
        s ^= (s << 17) & mask
        out.append(s)
    return out
print(xorshift(5))
def fnv(data):
    h = 0xcbf29ce484222325
    for b in data:
        h = (h ^ b) * 0x100000001b3 & mask
    return h
print(hex(fnv(b"hello")), hex(fnv(b"")))
print(True & False, True | False, True ^ True, type(True & True), type(True & 1), ~False)
print(bin(10), bin(-10), oct(64), hex(255), hex(-255), bin(0), hex(1 << 80), format(10, "b"), format(-255, "x"), format(5, "08b"), format(255, "#06x"))
flags = 0
for bit in (1, 4, 2):
    flags |= 1 << bit
print(flags, [i for i in range(8) if flags >> i & 1], flags & ~(1 << 4))
