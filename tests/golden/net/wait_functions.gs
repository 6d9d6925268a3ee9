# rows: SOC-26
# wait_read, wait_write, wait_readwrite on descriptors.

from gevent import socket, spawn, sleep, Timeout

a, b = socket.socketpair()
print(socket.wait_write(a.fileno()), socket.wait_readwrite(a.fileno()))
for timeout in (0, 0.01):
    try:
        socket.wait_read(a.fileno(), timeout=timeout)
    except socket.timeout as e:
        print(type(e).__name__, e)
try:
    socket.wait_read(a.fileno(), timeout=0.005, timeout_exc=KeyError("mine"))
except KeyError as e:
    print(repr(e))
for bad in (a, "x", 1.5, None):
    try:
        socket.wait_read(bad)
    except TypeError:
        print("TypeError")
try:
    socket.wait_read(-1)
except ValueError as e:
    print(type(e).__name__)
g = spawn(socket.wait_read, a.fileno())
sleep(0)
print(g.ready())
b.sendall(b"now")
print(g.get(), a.recv(10))
with Timeout(0.01, False):
    socket.wait_read(a.fileno())
    print("not reached")
b.sendall(b"x")
print(socket.wait_read(a.fileno(), 5), socket.wait_read(a.fileno()), a.recv(10))
b.close()
print(socket.wait_read(a.fileno()), a.recv(1))
