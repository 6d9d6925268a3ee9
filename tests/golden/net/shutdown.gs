# rows: SOC-11 SOC-05
# shutdown in each direction: end of stream for the peer, errors for oneself.

from gevent import socket, spawn, sleep

a, b = socket.socketpair()
a.sendall(b"last words")
a.shutdown(socket.SHUT_WR)
print(b.recv(100), b.recv(100), b.recv(100))
try:
    a.send(b"x")
except BrokenPipeError as e:
    print(type(e).__name__, e.errno)
b.sendall(b"still works")
print(a.recv(100))
b.close()
print(a.recv(100))
a.close()
a, b = socket.socketpair()
g = spawn(lambda: b.recv(10))
sleep(0)
a.shutdown(socket.SHUT_RDWR)
print(g.get())
a.close(); b.close()
l = socket.socket()
l.bind(("127.0.0.1", 0)); l.listen()
c = socket.create_connection(l.getsockname())
s, _ = l.accept()
s.close()
print(c.recv(10))
errors = []
for _ in range(5):
    try:
        c.send(b"x" * 10)
        sleep(0.005)
    except (BrokenPipeError, ConnectionResetError) as e:
        errors.append(isinstance(e, ConnectionError))
print(errors[:1])
try:
    socket.socket().shutdown(2)
except OSError as e:
    print(e.errno)
