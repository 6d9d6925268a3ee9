# Files that nobody closes do not keep a connection open: those read to the end, and those that a handler leaves.

from gevent import socket, spawn, sleep
from gevent.server import StreamServer

def read_all(sock):
    with sock:
        return sock.makefile("rb").read()
a, b = socket.socketpair()
a.sendall(b"data")
a.shutdown(socket.SHUT_WR)
print(read_all(b), a.recv(1))
def handle(sock, address):
    lines, answers = sock.makefile("r"), sock.makefile("w")
    print(lines.readline().strip().upper(), file=answers)
server = StreamServer(("127.0.0.1", 0), handle)
server.start()
def ask(text):
    with socket.create_connection(server.address) as s:
        s.sendall(text)
        return s.makefile("rb").read()
print([g.get() for g in [spawn(ask, b"n %d\n" % i) for i in range(20)]][-1])
server.stop()
