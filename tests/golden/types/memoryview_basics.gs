# memoryview: views of bytes and bytearray, slices, writing, cast, release, errors.

data = bytearray(b"abcdefgh")
m = memoryview(data)
print(len(m), m[0], m[-1], bytes(m[2:4]), m[::2].tobytes(), m[::-1].tolist(), m.readonly, m.format, m.itemsize, m.nbytes, m.ndim, m.shape, m.strides, m.obj is data, m.contiguous)
m[0] = 65
m[1:3] = b"XY"
print(data, m == data, m == b"AXYdefgh", m[3:5] == b"de", m != b"zz", list(m)[:2], 65 in m)
s = m[2:6]
s[0] = 48
print(data, s.tobytes(), bytes(s), s.hex(), s[1:3].tolist(), bytearray(s))
r = memoryview(b"readonly")
print(r.readonly, hash(r) == hash(b"readonly"), r.tobytes(), r.toreadonly().readonly, m.toreadonly()[0])
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def setit(v, k, x):
    v[k] = x
attempt(lambda: setit(r, 0, 1))
attempt(lambda: setit(m, 0, 256))
attempt(lambda: setit(m, 0, "a"))
attempt(lambda: setit(m, slice(0, 2), b"abc"))
attempt(lambda: setit(m, 99, 1))
attempt(lambda: m[99])
attempt(lambda: m["a"])
attempt(lambda: memoryview("str"))
attempt(lambda: memoryview(5))
attempt(lambda: hash(m))
attempt(lambda: m + m)
attempt(lambda: m < m)
c = memoryview(bytearray(8)).cast("I")
c[0] = 1
c[1] = 0xffffffff
print(len(c), c.tolist(), c.tobytes(), c.itemsize, c.format, c.cast("B").tolist())
attempt(lambda: setit(c, 0, -1))
attempt(lambda: memoryview(bytearray(7)).cast("I"))
attempt(lambda: m.cast("zz"))
with memoryview(data) as v:
    print(v[0])
attempt(lambda: v[0])
attempt(lambda: len(v))
s.release()
attempt(lambda: s.tobytes())
print(repr(s).startswith("<released memory"), repr(m).startswith("<memory at 0x"))
b = b"x" * 10
parts = []
v = memoryview(b)
while v:
    parts.append(len(v[:4]))
    v = v[4:]
print(parts, bytes(v), bool(v), b"".join([memoryview(b"a"), b"b"]))
print(int.from_bytes(memoryview(b"\x01\x02"), "big"), bytes(memoryview(b"abc")[1:]), b"abc".find(memoryview(b"c")))
