# rows: SOC-40 SOC-41 SOC-42 SOC-47 SOC-48
# Refused connections, connect_ex, bad arguments, sockets that were never connected.

import errno
from gevent import socket

free = socket.socket()
free.bind(("127.0.0.1", 0))
addr = free.getsockname()
free.close()
for f in (lambda: socket.create_connection(addr), lambda: socket.socket().connect(addr)):
    try:
        f()
    except ConnectionRefusedError as e:
        print(type(e).__name__, e)
print(socket.socket().connect_ex(addr) == errno.ECONNREFUSED)
try:
    socket.create_connection(addr, all_errors=True)
except ExceptionGroup as e:
    print(type(e).__name__, e, [type(x).__name__ for x in e.exceptions])
s = socket.socket()
for name, f in (("connect str", lambda: s.connect("x")), ("connect triple", lambda: s.connect(("127.0.0.1",))), ("port str", lambda: s.connect(("127.0.0.1", "a"))), ("port big", lambda: s.connect(("127.0.0.1", 70000))), ("recv -1", lambda: s.recv(-1)), ("fileno", lambda: socket.socket(fileno=-1)), ("bind", lambda: s.bind(5)), ("bind port", lambda: s.bind(("127.0.0.1", -1))), ("recv str", lambda: s.recv("a")), ("makefile", lambda: s.makefile("q")), ("family", lambda: socket.socket("a"))):
    try:
        f()
        print(name, "no error")
    except (TypeError, OverflowError, ValueError, OSError) as e:
        print(name, type(e).__name__, e if name in ("recv -1", "fileno") else "")
t = socket.socket()
for name, f in (("recv", lambda: t.recv(1)), ("shutdown", lambda: t.shutdown(2)), ("getpeername", t.getpeername), ("accept", t.accept)):
    try:
        f()
        print(name, "no error")
    except OSError as e:
        print(name, type(e).__name__, e.errno)
a, b = socket.socketpair()
a.sendall(b"x")
print(b.recv(0), b.recv(1))
l = socket.socket()
l.bind(("127.0.0.1", 0)); l.listen()
try:
    socket.socket().bind(l.getsockname())
except OSError as e:
    print(e.errno == errno.EADDRINUSE, e)
print(socket.socket().connect_ex(l.getsockname()))
