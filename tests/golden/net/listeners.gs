# create_server, options, inheritance, sockets by number, and what repr shows.

import os
from gevent import socket

with socket.create_server(("127.0.0.1", 0), backlog=5, reuse_port=True) as l:
    print(l.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR) != 0, l.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT) != 0)
    print(l.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN), len(l.getsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4)), l.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
    print(l.get_inheritable())
    l.set_inheritable(True)
    print(l.get_inheritable(), os.get_inheritable(l.fileno()))
    try:
        socket.create_server(l.getsockname())
    except OSError as e:
        print(e.errno, str(e).replace(str(l.getsockname()[1]), "PORT"))
    fd = l.fileno()
    same = socket.socket(fileno=os.dup(fd))
    print(same.family == l.family, same.type == l.type, same.proto, same.getsockname() == l.getsockname())
    same.close()
    text = repr(l)
    print("fd=%d, family=%d, type=%d, proto=%d" % (fd, l.family, l.type, l.proto) in text, "laddr=('127.0.0.1', %d)" % l.getsockname()[1] in text)
try:
    socket.create_server(("127.0.0.1", 0), dualstack_ipv6=True)
except ValueError as e:
    print(e)
if socket.has_dualstack_ipv6():
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as l:
        port = l.getsockname()[1]
        for host in ("127.0.0.1", "::1"):
            with socket.create_connection((host, port)) as c:
                print(l.accept()[1][0], c.getpeername()[1] == port)
s = socket.socket()
print(s.getblocking(), s.setblocking(False), s.getblocking(), s.timeout, s.settimeout(2.5), s.timeout, s.getblocking())
for args in ((1, 2, 2 ** 40), (1, 2, "x"), (1, 2), (1, 2, None)):
    try:
        s.setsockopt(*args)
    except (TypeError, OverflowError, OSError) as e:
        print(type(e).__name__)
for f in (lambda: s.getsockopt(1, 9999), lambda: s.setsockopt(1, 9999, 1), lambda: s.getsockopt(1, 2, 5000), lambda: socket.socket(9999), lambda: socket.socket(fileno=10 ** 6), lambda: socket.socket(socket.AF_INET, 77)):
    try:
        f()
    except OSError as e:
        print(type(e).__name__, e)
print(s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, True), s.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE))
print(s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\5\0\0\0"), s.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8))
s.close()
class Mine(socket.socket):
    def __init__(self, word, **kwargs):
        super().__init__(**kwargs)
        self.word = word
    def close(self):
        print("closing", self.word)
        super().close()
with Mine("hello", type=socket.SOCK_DGRAM) as m:
    print(m.type == socket.SOCK_DGRAM, m.word, isinstance(m, socket.socket))
print(m.closed)
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM, 0)
print(a.getsockname(), b.getpeername())
u = socket.socket(socket.AF_UNIX)
u.bind("\0gscript golden abstract %d" % os.getpid())
print(u.getsockname()[:24], type(u.getsockname()).__name__)
for f in (lambda: socket.socket(socket.AF_UNIX).bind("x" * 200), lambda: socket.socket(socket.AF_UNIX).connect(5), lambda: socket.socket(socket.AF_UNIX).connect("/nowhere/at/all")):
    try:
        f()
    except (OSError, TypeError) as e:
        print(type(e).__name__, e)
