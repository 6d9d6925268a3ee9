# rows: SRV-01 SRV-17 SRV-19 SRV-33
# What a listener may be, and the errors of what it may not.

from gevent import socket
from gevent.baseserver import BaseServer
from gevent.server import StreamServer

def handle(sock, address):
    pass

for listener in (("127.0.0.1", 0), ("::1", 5), ("", 80), "1.2.3.4:5", ":80", "*:70", "[::1]:9", "80", 80, "::1:80", None, 1.5, b"x", [1], "abc", "localhost:", "a:b", "[::1]"):
    try:
        s = BaseServer(listener, handle)
        print(repr(listener), int(s.family), s.address)
    except (TypeError, ValueError) as e:
        print(repr(listener), type(e).__name__, e)
for listener in (("127.0.0.1",), ("127.0.0.1", "x"), ("127.0.0.1", 70000), ("127.0.0.1", -1)):
    server = StreamServer(listener, handle)
    try:
        server.start()
    except (TypeError, OverflowError) as e:
        print(type(e).__name__, e)
s = StreamServer(("127.0.0.1", 0), handle)
print(s.server_port, s.server_host, s.started, s.closed)
s.start()
port = s.server_port
print(s.socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR), port > 0, s.closed)
print(str(s).replace(str(port), "PORT").split(" handle")[0].split(" ", 2)[2])
s.stop()
print(s.closed, s.started, s.server_port == port, hasattr(s, "socket"))
again = StreamServer(("127.0.0.1", port), handle)
again.start()
print(again.server_port == port)
again.stop()
try:
    s.serve_forever()
except AttributeError as e:
    print(type(e).__name__)
both = StreamServer(0, handle)
both.start()
for address in (("127.0.0.1", both.server_port), ("::1", both.server_port)):
    socket.create_connection(address).close()
print(both.server_host)
both.stop()
for args, kwargs in (((("127.0.0.1", 0), None), {}), ((("127.0.0.1", 0),), {}), ((("127.0.0.1", 0), handle), {"spawn": -1})):
    try:
        StreamServer(*args, **kwargs)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
class Own(StreamServer):
    def handle(self, sock, address):
        sock.sendall(b"my method")
class Zero(Own):
    max_accept = 0
try:
    Zero(("127.0.0.1", 0))
except ValueError as e:
    print(e)
own = Own(("127.0.0.1", 0))
own.start()
print(socket.create_connection(own.address).recv(100), "handle=" in str(own))
own.set_handle(lambda sock, address: sock.sendall(b"another"))
print(socket.create_connection(own.address).recv(100))
own.stop()
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen()
try:
    StreamServer(l, handle, backlog=5)
except TypeError as e:
    print(e)
with StreamServer(("127.0.0.1", 0), handle) as s:
    print(s.started)
    s.start()
    print(s.started)
print(s.started)
