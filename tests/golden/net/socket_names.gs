# rows: SOC-02
# Constants and the functions that do no I/O.

from gevent import socket
import socket as std

print(socket.error is OSError, socket.timeout is TimeoutError, issubclass(socket.gaierror, OSError), socket.AF_INET == std.AF_INET, socket.SOCK_STREAM == std.SOCK_STREAM, socket.SOL_SOCKET, socket.SO_REUSEADDR, socket.SHUT_RDWR, socket.IPPROTO_TCP, socket.TCP_NODELAY)
print(socket.inet_aton("127.0.0.1"), socket.inet_ntoa(b"\x7f\0\0\1"), socket.inet_pton(socket.AF_INET6, "::1")[-1], socket.inet_ntop(socket.AF_INET, b"\x01\x02\x03\x04"), socket.htons(1), socket.ntohl(1), socket.has_ipv6 in (True, False))
for f in (lambda: socket.inet_aton("x"), lambda: socket.inet_ntoa(b"1"), lambda: socket.inet_pton(socket.AF_INET, "1.2.3")):
    try:
        f()
    except (OSError, ValueError) as e:
        print(type(e).__name__, e)
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
print(s.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), s.family == socket.AF_INET, s.type == socket.SOCK_STREAM, s.proto, isinstance(s, socket.socket), s.fileno() > 2)
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
print(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0)
print(socket.getaddrinfo("127.0.0.1", 80, socket.AF_INET, socket.SOCK_STREAM)[0][4], [a[4][0] for a in socket.getaddrinfo("127.0.0.1", None, type=socket.SOCK_STREAM)], socket.gethostbyname("127.0.0.1"))
for t in (lambda: bool(s), lambda: s.timeout, lambda: s.closed):
    print(t(), end=" ")
import copy
for f in (lambda: copy.copy(s),):
    try:
        f()
    except TypeError as e:
        print("TypeError")
s.close()
print(s.closed)
