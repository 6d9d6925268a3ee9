# rows: FIL-06
# Two greenlets in one buffered file at the same time: the second is told, the first is unharmed.

from gevent import socket, spawn, sleep

a, b = socket.socketpair()
f = b.makefile("rb")
g = spawn(f.readline)
sleep(0)
try:
    f.readline()
except RuntimeError as e:
    print(type(e).__name__, str(e).split("<")[0])
a.sendall(b"for the first\n")
print(g.get())
a.sendall(b"and again\n")
print(f.readline())
w = a.makefile("wb")
a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 5000)
g = spawn(lambda: (w.write(b"x" * 1000000), w.flush()))
sleep(0)
try:
    w.flush()
    w.write(b"y" * 100000)
except RuntimeError as e:
    print(type(e).__name__, str(e).split("<")[0])
n = 0
while n < 1000000:
    n += len(b.recv(65536))
g.join()
print(n, g.successful())
g = spawn(f.readline)
sleep(0)
g.kill()
a.sendall(b"after a kill\n")
print(f.readline())
