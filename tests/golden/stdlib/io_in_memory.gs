# io.StringIO and io.BytesIO.

import io
s = io.StringIO("line 1\nline 2\nrest")
print(s.readline(), s.read(3), s.tell(), s.readlines(), repr(s.read()), s.seek(0), [l.strip() for l in s], s.getvalue())
w = io.StringIO()
print(w.write("é one\n"), print("two", file=w), w.writelines(["a", "b"]), repr(w.getvalue()), w.tell(), w.truncate(3), repr(w.getvalue()))
w.seek(0); w.write("XY")
print(repr(w.getvalue()), w.closed, w.close(), w.closed)
for f in (w.read, lambda: w.write("x"), w.getvalue, lambda: io.StringIO(5), lambda: io.BytesIO("x"), lambda: io.StringIO().write(b"x"), lambda: io.StringIO("x").seek(-1)):
    try: print(f())
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
b = io.BytesIO(b"0123456789")
print(b.read(3), b.tell(), b.seek(-2, 2), b.read(), b.seek(0), b.read1(2), b.readinto(x := bytearray(3)), x, b.getvalue()[:3], b.write(b"ZZ"), b.getvalue(), b.readline(), b.getbuffer()[0])
b.seek(20); b.write(b"!")
print(b.getvalue(), len(b.getvalue()))
with io.BytesIO(b"a\nb\n") as f: print(list(f))
t = io.TextIOWrapper(io.BytesIO("é\nü".encode()), encoding="utf-8")
print(t.read(1), t.readline(), t.read())
print(io.StringIO("a\r\nb", newline=None).read() == "a\nb", io.StringIO("x").readable(), io.BytesIO().seekable(), io.SEEK_END, issubclass(io.UnsupportedOperation, OSError))
