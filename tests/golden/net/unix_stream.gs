# rows: SOC-09 SRV-18
# UNIX stream sockets: path, several clients, errors, abstract address.

import os
from gevent import socket, spawn, joinall

path = "golden.sock"
l = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
l.bind(path)
l.listen()
print(l.getsockname(), os.path.exists(path))
def serve(n):
    for _ in range(n):
        c, addr = l.accept()
        with c:
            f = c.makefile("rwb")
            for line in f:
                f.write(line[::-1].strip() + b"\n")
                f.flush()
            f.close()
def client(i):
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(path)
        with s.makefile("rw") as f:
            out = []
            for k in range(2):
                f.write(f"line {k} of {i}\n")
                f.flush()
                out.append(f.readline().strip())
        return out, s.getpeername()
g = spawn(serve, 2)
for i in range(2): print(client(i))
g.join()
l.close()
os.unlink(path)
s = socket.socket(socket.AF_UNIX)
try:
    s.connect("none.sock")
except FileNotFoundError as e:
    print(type(e).__name__, e)
s.close()
a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
a.send(b"datagram 1"); a.send(b"datagram 2")
print(b.recv(100), b.recv(4))
