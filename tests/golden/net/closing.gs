# rows: SOC-10 SOC-12 SOC-13 SOC-08
# close while others wait, use of closed sockets.

import errno
from gevent import socket, spawn, sleep, joinall

def wait_and_report(f):
    try:
        f()
        return "returned"
    except OSError as e:
        return isinstance(e, OSError), e.errno == errno.EBADF
a, b = socket.socketpair()
l = socket.socket()
l.bind(("127.0.0.1", 0)); l.listen()
gs = [spawn(wait_and_report, lambda: a.recv(10)), spawn(wait_and_report, l.accept)]
sleep(0)
a.close(); l.close()
joinall(gs)
print([g.value for g in gs])
print(b.recv(10), a.fileno(), a.close(), "[closed]" in repr(a), a.closed)
for name, f in (("recv", lambda: a.recv(1)), ("send", lambda: a.send(b"x")), ("sendall", lambda: a.sendall(b"x")), ("accept", l.accept), ("shutdown", lambda: a.shutdown(2)), ("getsockname", a.getsockname), ("listen", l.listen), ("connect", lambda: a.connect("x")), ("setsockopt", lambda: a.setsockopt(1, 2, 1)), ("bind", lambda: l.bind(("127.0.0.1", 0)))):
    try:
        f()
        print(name, "no error")
    except OSError as e:
        print(name, type(e).__name__, e)
print(a.detach(), a.gettimeout(), a.sendall(b""))
with socket.socket() as s:
    print(s.fileno() >= 0, "fd=" in repr(s), bool(s))
print(s.fileno())
c, d = socket.socketpair()
fd = c.detach()
print(c.fileno(), fd >= 0)
e = socket.socket(fileno=fd)
e.sendall(b"through the same descriptor")
print(d.recv(100))
e.close()
print(d.recv(1))
d.close()
