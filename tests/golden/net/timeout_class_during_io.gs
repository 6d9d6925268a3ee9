# rows: TMO-08 SOC-15
# gevent.Timeout and kill interrupt socket calls and leave the socket usable.

from gevent import socket, spawn, sleep, Timeout, GreenletExit

a, b = socket.socketpair()
try:
    with Timeout(0.015):
        a.recv(10)
except Timeout as t:
    print("recv", t)
b.sendall(b"later")
print(a.recv(10))
g = spawn(a.recv, 10)
sleep(0)
g.kill()
print(type(g.value).__name__)
b.sendall(b"not lost")
print(a.recv(100))
l = socket.socket()
l.bind(("127.0.0.1", 0)); l.listen()
with Timeout(0.015, False):
    l.accept()
c = socket.create_connection(l.getsockname())
s, _ = l.accept()
s.sendall(b"accepted after the timeout")
print(c.recv(100))
with Timeout(0.05, False):
    s.sendall(b"x" * 50_000_000)
n = 0
c.settimeout(0.05)
try:
    while True: n += len(c.recv(1 << 20))
except socket.timeout:
    print(0 < n < 50_000_000)
