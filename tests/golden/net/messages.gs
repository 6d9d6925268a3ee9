# rows: SOC-01
# sendmsg, recvmsg, recvmsg_into, recvfrom_into, descriptors in messages, sendfile.

import io
import os
from gevent import socket, spawn

a, b = socket.socketpair()
print(a.sendmsg([b"one ", bytearray(b"two "), memoryview(b"three")]), b.recvmsg(100))
a.sendall(b"abcdefgh")
x, y = bytearray(3), bytearray(10)
print(b.recvmsg_into([x, y]), x, y)
r, w = os.pipe()
print(socket.send_fds(a, [b"with a pipe"], [w]))
os.close(w)
data, fds, flags, addr = socket.recv_fds(b, 100, 4)
print(data, len(fds), flags, addr)
os.write(fds[0], b"through the passed descriptor")
os.close(fds[0])
print(os.read(r, 100), os.read(r, 100))
os.close(r)
print(socket.CMSG_LEN(4), socket.CMSG_SPACE(4))
for bad in (lambda: b.recvmsg(-1), lambda: a.sendmsg([1]), lambda: a.sendmsg(5), lambda: b.recvmsg_into([b"x"])):
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
t = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for u in (s, t): u.bind(("127.0.0.1", 0))
print(s.sendto(b"datagram", t.getsockname()), s.sendto(b"flags", 0, t.getsockname()))
buf = bytearray(4)
n, addr = t.recvfrom_into(buf)
print(n, buf, addr == s.getsockname())
print(t.recvfrom(100)[0])
print(s.sendmsg([b"to ", b"somebody"], [], 0, t.getsockname()), t.recvmsg(100)[0])
for bad in (lambda: s.sendto(b"x"), lambda: s.sendto("x", t.getsockname()), lambda: s.sendto(b"x", ("127.0.0.1",)), lambda: t.recvfrom(-1), lambda: t.recvfrom_into(b"x")):
    try:
        bad()
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
t.settimeout(0.01)
try:
    t.recvfrom(10)
except TimeoutError as e:
    print(e)
print(a.sendfile(io.BytesIO(b"0123456789"), 2, 5), b.recv(100))
print(a.sendfile(io.BytesIO(b"all of it")), b.recv(100))
try:
    s.sendfile(io.BytesIO(b"x"))
except ValueError as e:
    print(e)
g = spawn(b.recvmsg, 10)
g.join(0.005)
a.sendall(b"late")
print(g.get()[0])
a.close()
print(b.recvmsg(10))
