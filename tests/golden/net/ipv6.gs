# needs: ipv6
# Streams over IPv6 loopback.

from gevent import socket, spawn
from gevent.server import StreamServer

server = StreamServer(("::1", 0), lambda s, a: s.sendall(repr((a[0], len(a))).encode()))
server.start()
with socket.create_connection(server.address[:2]) as c:
    print(c.recv(100), c.family == socket.AF_INET6, c.getpeername()[0])
server.stop()
