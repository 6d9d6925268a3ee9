# bytes, bytearray and memoryview: script code that runs during construction, join and assignment.

b = bytearray(b"abc")
def gen():
    for i in range(3):
        b.append(100 + i)
        yield i
b.extend(gen())
print(b)
b = bytearray(b"abcdef")
def clearing():
    yield 65
    b.clear()
    yield 66
b.extend(clearing())
print(b)
class I:
    def __init__(self, n): self.n = n
    def __index__(self):
        b.extend(b"!") if len(b) < 10 else None
        return self.n
print(bytes([I(1), I(2)]), b)
b = bytearray(b"xyz")
b[1:2] = [I(65), I(66)]
print(b)
class B:
    def __bytes__(self):
        b.clear()
        return b"from B"
print(bytes(B()), b)
def parts():
    yield b"a"
    try:
        yield b",".join(parts2())
    finally:
        pass
def parts2():
    yield b"1"
    yield bytes(x for x in (50, 51))
print(b"|".join(parts()))
b = bytearray(b"0123456789")
v = memoryview(b)
def resize(): b.append(1)
for f in (resize, b.clear, lambda: b.extend(b"x"), lambda: b.pop(), lambda: b.__setitem__(slice(0, 1), b""), lambda: b.__delitem__(0), lambda: b.insert(0, 1), lambda: b.__iadd__(b"x"), lambda: b.__imul__(2)):
    try:
        f()
        print("allowed")
    except BufferError as e:
        print(e)
b[0:2] = b"AB"
print(bytes(v[:3]), b.upper())
v.release()
b.clear()
print(b)
class K:
    def __index__(self):
        del b[:]
        return 1
b = bytearray(b"abc")
for f in (lambda: b[K()], lambda: b.__setitem__(0, K())):
    b[:] = b"abc"
    try:
        print(f(), b)
    except (IndexError, ValueError) as e:
        print(type(e).__name__, e, b)
