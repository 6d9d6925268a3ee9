# A hundred connections at once, each sending and receiving several times.

from gevent import socket, spawn, joinall
from gevent.server import StreamServer

def handle(sock, addr):
    while data := sock.recv(64):
        sock.sendall(data)
server = StreamServer(("127.0.0.1", 0), handle, backlog=200)
server.start()
def client(i):
    with socket.create_connection(server.address) as s:
        total = 0
        for k in range(5):
            msg = b"%d:%d" % (i, k)
            s.sendall(msg)
            got = b""
            while len(got) < len(msg): got += s.recv(64)
            assert got == msg
            total += len(got)
        return total
gs = [spawn(client, i) for i in range(100)]
joinall(gs)
print(sum(g.value for g in gs), all(g.successful() for g in gs))
server.stop()
