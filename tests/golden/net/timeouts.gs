# rows: SOC-20 SOC-21 SOC-22 SOC-23 SOC-24 SOC-25
# settimeout, setblocking, gettimeout, default timeouts.

import errno
from gevent import socket, spawn, sleep

a, b = socket.socketpair()
print(a.gettimeout())
a.settimeout(0.025)
print(a.gettimeout(), a.timeout)
try:
    a.recv(10)
except socket.timeout as e:
    print(type(e).__name__, e, isinstance(e, OSError), e.errno)
b.sendall(b"x")
print(a.recv(10))
l = socket.socket()
l.bind(("127.0.0.1", 0)); l.listen()
l.settimeout(0.01)
try:
    l.accept()
except TimeoutError as e:
    print(e)
c = socket.create_connection(l.getsockname(), timeout=5)
s, _ = l.accept()
print(c.gettimeout(), s.gettimeout())
a.setblocking(False)
print(a.gettimeout())
try:
    a.recv(10)
except BlockingIOError as e:
    print(type(e).__name__, e.errno in (errno.EAGAIN, errno.EWOULDBLOCK))
b.sendall(b"ready")
print(a.recv(10))
a.setblocking(True)
print(a.gettimeout())
a.settimeout(0)
try:
    while True: a.send(b"x" * 65536)
except BlockingIOError as e:
    print("send would block")
a.settimeout(None)
for bad in (-1, "a"):
    try:
        a.settimeout(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e if bad == -1 else "")
x, y = socket.socketpair()
x.settimeout(0.1)
try:
    x.sendall(b"z" * 10_000_000)
except socket.timeout as e:
    print("sendall", e)
socket.setdefaulttimeout(3)
print(socket.getdefaulttimeout(), socket.socket().gettimeout())
socket.setdefaulttimeout(None)
print(socket.socket().gettimeout())
g = spawn(lambda: y.recv(10))
print(len(g.get()))
