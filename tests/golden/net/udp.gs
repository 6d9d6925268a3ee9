# Datagrams on loopback: sendto, recvfrom, connected sockets, DatagramServer.
# rows: SRV-20 SRV-21

from gevent import socket, spawn, sleep
from gevent.server import DatagramServer

a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
b = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
a.bind(("127.0.0.1", 0)); b.bind(("127.0.0.1", 0))
print(a.sendto(b"ping", b.getsockname()))
data, addr = b.recvfrom(100)
print(data, addr == a.getsockname())
b.sendto(b"pong longer", addr)
print(a.recv(4))
a.connect(b.getsockname())
print(a.send(b"connected"), b.recv(100), a.getpeername() == b.getsockname())
b.sendto(b"", a.getsockname())
print(a.recv(10))
class Echo(DatagramServer):
    def handle(self, data, address):
        self.sendto(b"echo " + data, address)
server = Echo(("127.0.0.1", 0))
server.start()
c = socket.socket(type=socket.SOCK_DGRAM)
c.connect(("127.0.0.1", server.server_port))
for m in (b"one", b"two", b""):
    c.send(m)
    print(c.recv(100))
server.stop()
