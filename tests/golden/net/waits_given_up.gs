# rows: SOC-10 SOC-11 SOC-14 SOC-15
# Kills and timeouts in the middle of socket operations; the sockets stay usable and no descriptor is lost.

import os
from gevent import socket, spawn, sleep, Timeout, GreenletExit, joinall, killall

def open_files():
    return len(os.listdir("/proc/self/fd"))
a, b = socket.socketpair()
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen(1)
before = open_files()
for f in (lambda: a.recv(10), l.accept, lambda: a.recv_into(bytearray(5)), lambda: a.makefile("rb").readline()):
    g = spawn(f)
    sleep(0)
    g.kill()
    print(g.dead, isinstance(g.value, GreenletExit))
    with Timeout(0.005, False):
        f()
        print("not reached")
b.sendall(b"intact\n")
print(a.recv(100))
c = socket.create_connection(l.getsockname())
s, _ = l.accept()
print(s.getpeername() == c.getsockname())
c.close(); s.close()
big = bytearray(b"x" * 3_000_000)
g = spawn(a.sendall, big)
sleep(0)
try:
    big[:] = b"y" * len(big)
    print("changed in place")
    big.extend(b"more")
    print("extended")
except BufferError as e:
    print("BufferError")
g.kill()
n = 0
b.settimeout(0.02)
try:
    while True: n += len(b.recv(1 << 20))
except TimeoutError:
    pass
print(0 < n < 3_000_000)
b.settimeout(None)
a.sendall(b"after the kill")
print(b.recv(100))
def closer(sock):
    sleep(0.005)
    sock.close()
for op in (lambda s: s.sendall(b"z" * 10_000_000), lambda s: s.recv(1)):
    x, y = socket.socketpair()
    spawn(closer, x)
    try:
        op(x)
    except OSError as e:
        print(type(e).__name__, e.errno)
    # The number is used again at once.
    p, q = socket.socketpair()
    g = spawn(p.recv, 10)
    sleep(0)
    q.sendall(b"mine")
    print(g.get())
    for t in (y, p, q): t.close()
for how in (socket.SHUT_RD, socket.SHUT_WR, socket.SHUT_RDWR):
    x, y = socket.socketpair()
    log = []
    def attempt(name, f, *args):
        try:
            log.append((name, f(*args)))
        except OSError as e:
            log.append((name, type(e).__name__, str(e)))
    g = spawn(attempt, "recv", x.recv, 10)
    h = spawn(attempt, "sendall", x.sendall, b"z" * 10_000_000)
    sleep(0)
    x.shutdown(how)
    joinall([g, h], timeout=0.05)
    print(how, sorted(log))
    killall([g, h])
    x.close(); y.close()
full = socket.socket()
full.bind(("127.0.0.1", 0))
full.listen(0)
some = []
with Timeout(0.1, False):
    while True:
        some.append(socket.create_connection(full.getsockname()))
print(len(some) > 0)
for s in some: s.close()
full.close()
free = socket.socket()
free.bind(("127.0.0.1", 0))
address = free.getsockname()
free.close()
for kwargs in ({}, {"source_address": ("127.0.0.1", 0)}, {"source_address": ("8.8.8.8", 0)}, {"timeout": 1}):
    try:
        socket.create_connection(address, **kwargs)
    except OSError as e:
        print(type(e).__name__, e.errno)
print(open_files() == before)
