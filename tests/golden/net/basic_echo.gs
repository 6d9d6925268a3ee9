# One client, one echo.

from gevent import socket, spawn
from gevent.server import StreamServer

def echo(sock, address):
    sock.sendall(sock.recv(100))
server = StreamServer(("127.0.0.1", 0), echo)
server.start()
with socket.create_connection(server.address) as s:
    s.sendall(b"hello")
    print(s.recv(100))
server.stop()
