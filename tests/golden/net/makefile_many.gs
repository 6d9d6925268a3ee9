# rows: SOC-33
# Several files and duplicates of one socket are independent; what closes when.

import io
from gevent import socket

a, b = socket.socketpair()
r1, r2, w = b.makefile("rb"), b.makefile("rb"), b.makefile("wb")
print(r1.fileno() == r2.fileno() == b.fileno() == w.fileno())
a.sendall(b"one\ntwo\n")
print(r1.readline(), r1.readline())
a.sendall(b"three\n")
print(r2.readline())
r1.close()
for f in (r1.read, r1.readline, lambda: r1.peek(1)):
    try:
        f()
    except ValueError as e:
        print(e)
b.close()
print(b.fileno() >= 0, r2.closed, w.closed)
w.write(b"still open")
w.flush()
print(a.recv(100))
w.close()
r2.close()
print(a.recv(100))
try:
    w.write(b"x")
except ValueError as e:
    print(e)
a.close()
a, b = socket.socketpair()
c = b.dup()
print(c.fileno() != b.fileno(), c.family == b.family, c.type == b.type, c.gettimeout())
b.close()
a.sendall(b"to the duplicate")
print(c.recv(100))
d = socket.fromfd(c.fileno(), c.family, c.type)
c.close()
d.sendall(b"from a descriptor")
print(a.recv(100))
d.close()
print(a.recv(100))
a.close()
a, b = socket.socketpair()
f = a.makefile("rwb")
print(type(f).__name__, f.readable(), f.writable(), f.closed, f.isatty())
f.write(b"both ways")
f.flush()
print(b.recv(100))
b.sendall(b"l1\nl2\nrest")
print(f.readline(), f.peek(2), next(f), f.read(2), f.read1(100))
b.close()
print(f.read())
f.close()
print(f.closed)
for mode in ("x", "a", "r+", "br+"):
    try:
        a.makefile(mode)
    except ValueError as e:
        print(type(e).__name__)
for args in (("r", 0), ("w", 0)):
    try:
        a.makefile(*args)
    except ValueError as e:
        print(e)
a.close()
a, b = socket.socketpair()
w = a.makefile("w", encoding="utf-16-le", newline="\r\n")
w.write("é\n")
w.flush()
print(b.recv(100), w.encoding, w.mode)
r = b.makefile(errors="replace", encoding="ascii")
a.sendall(b"caf\xc3\xa9\nend")
a.shutdown(socket.SHUT_WR)
print(r.readline(), r.read(), r.read(), list(r))
try:
    r.write("x")
except io.UnsupportedOperation as e:
    print(type(e).__name__, e)
try:
    w.read()
except io.UnsupportedOperation as e:
    print(type(e).__name__, e)
a, b = socket.socketpair()
raw = a.makefile("rwb", buffering=0)
print(type(raw).__name__, raw.mode, raw.name == a.fileno(), raw.seekable(), raw.readable(), raw.writable())
print(raw.write(b"raw"), b.recv(10))
b.sendall(b"12345")
buf = bytearray(3)
print(raw.readinto(buf), buf, raw.read(10))
b.close()
print(raw.readall())
raw.close()
print(raw.name, raw.closed)
