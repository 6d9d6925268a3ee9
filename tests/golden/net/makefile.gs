# rows: SOC-30 SOC-31 SOC-32
# makefile: modes, lines, buffers, closing, timeouts.

from gevent import socket, spawn

a, b = socket.socketpair()
with a.makefile("w") as w, b.makefile("r") as r:
    w.write("line é one\nline two\n")
    print("printed", file=w)
    w.flush()
    print(r.readline(), r.readline(), r.readline(), end="")
with b.makefile("rb") as r:
    a.sendall(b"bytes\nmore\nrest")
    print(r.readline(), r.read(3), r.readline(), r.read(2))
    a.shutdown(socket.SHUT_WR)
    print(r.read(), r.read(), r.readline())
a.close()
print(b.fileno() > 0)
b.close()
a, b = socket.socketpair()
f = a.makefile("rwb")
a.close()
f.write(b"the file keeps the connection")
f.flush()
print(b.recv(100))
f.write(b"flushed by close")
f.close()
print(b.recv(100), b.recv(100))
a, b = socket.socketpair()
spawn(lambda: (a.sendall(b"1\n2\n3\n"), a.close()))
print([l.strip() for l in b.makefile()])
a, b = socket.socketpair()
b.settimeout(0.015)
r = b.makefile("rb")
a.sendall(b"half a li")
try:
    r.readline()
except TimeoutError as e:
    print(e)
for _ in range(2):
    try:
        r.readline()
    except OSError as e:
        print(type(e).__name__, e)
a, b = socket.socketpair()
r = b.makefile("r", encoding="latin-1", newline="")
a.sendall(b"\xe9\r\nx\n")
print(repr(r.readline()), repr(r.readline()))
r.close()
try:
    r.read()
except ValueError as e:
    print(e)
for bad in (("q",), ("r", 0)):
    try:
        b.makefile(*bad)
    except ValueError as e:
        print(type(e).__name__)
u = b.makefile("rb", 0)
a.sendall(b"unbuffered")
print(u.read(4), u.read(100))
