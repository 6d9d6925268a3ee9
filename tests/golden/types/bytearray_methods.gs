# bytearray: changing in place, slices, list-like methods, aliasing, errors.

a = bytearray(b"abc")
c = a
a += b"de"
a.append(102)
a.extend(b"gh")
a.extend([105])
a.insert(0, 64)
print(a, c is a, len(a), a[0], a[1:4], a.pop(), a.pop(0), a)
a[0] = 65
a[1:3] = b"XYZ"
a[-1:] = []
print(a)
a[::2] = b"1234" if len(a[::2]) == 4 else b"1" * len(a[::2])
print(a)
del a[0], a[1:3]
print(a)
a.remove(ord("g") if ord("g") in a else a[0])
print(a)
a.reverse()
print(a, a.copy() == a, a.copy() is a)
a.clear()
print(a, bool(a), bytearray(3), bytearray("é", "utf-8"), bytearray([1, 2]), bytearray(b"x") * 3, bytearray(b"a") + b"b", b"a" + bytearray(b"b"))
b = bytearray(b"hello world")
print(b.upper(), b.find(b"wor"), b.split(), b.replace(b"l", b""), b.decode(), b.hex()[:6], b.title(), b.count(b"o"), b.startswith(b"he"), b == b"hello world", b == bytearray(b"hello world"), b < b"z", b"lo" in b, 104 in b, b.partition(b" "), b.join([b"1", b"2"]), bytes(b)[:2], list(b)[:2], b[::-1], type(b[1:2]).__name__)
b *= 2
print(b)
b[3:3] = b"<insert>"
print(b[:14])
b[5:] = b
print(len(b), b[:10])
b[:] = b"short"
print(b)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def setit(k, v):
    b[k] = v
attempt(lambda: setit(0, 256))
attempt(lambda: setit(0, -1))
attempt(lambda: setit(0, "a"))
attempt(lambda: setit(10, 1))
attempt(lambda: setit(slice(0, 1), "a"))
attempt(lambda: setit(slice(0, 1), 5))
attempt(lambda: setit(slice(0, 4, 2), b"abc"))
attempt(lambda: setit("k", 1))
attempt(lambda: b.append(300))
attempt(lambda: b.append("a"))
attempt(lambda: b.extend("a"))
attempt(lambda: b.extend([256]))
attempt(lambda: b.extend(5))
attempt(lambda: b.remove(1))
attempt(lambda: bytearray().pop())
attempt(lambda: b.pop(99))
attempt(lambda: b.insert(0, 999))
attempt(lambda: b.__iadd__("x"))
attempt(lambda: {b: 1})
attempt(lambda: bytearray("x"))
attempt(lambda: bytearray([1.5]))
attempt(lambda: b + 5)
# --- resizing is refused while a memoryview looks at it
m = memoryview(b)
attempt(lambda: b.append(1))
attempt(lambda: b.clear())
b[0] = 90
print(b, m[0])
m.release()
b.append(33)
print(b)
