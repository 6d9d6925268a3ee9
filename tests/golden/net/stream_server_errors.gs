# rows: SRV-08 SRV-10 SRV-33
# Failing handlers, subclasses with their own handle, bad arguments.

from gevent import socket, sleep, get_hub
from gevent.server import StreamServer
get_hub().exception_stream = None

class Echo(StreamServer):
    def handle(self, sock, addr):
        data = sock.recv(100)
        if data == b"fail": raise ValueError("handler failed")
        sock.sendall(data)
def ask(addr, text):
    with socket.create_connection(addr) as s:
        s.sendall(text)
        return s.recv(100)
server = Echo(("127.0.0.1", 0))
server.start()
print(ask(server.address, b"a"), ask(server.address, b"fail"), ask(server.address, b"b"))
print("Echo" in str(server))
server.stop()
for f in (lambda: StreamServer(("127.0.0.1", 0)), lambda: StreamServer(("127.0.0.1", 0), None).start()):
    try:
        f()
    except TypeError as e:
        print("TypeError", e)
for listener in (None, 1.5, b"x", [1]):
    try:
        StreamServer(listener, print)
        print("accepted")
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
try:
    StreamServer("abc", print)
except ValueError as e:
    print(str(e)[:29])
s = StreamServer(("127.0.0.1", 0), lambda sock, a: sock.sendall(b"first"))
s.start()
print(ask(s.address, b""))
s.set_handle(lambda sock, a: sock.sendall(b"second"))
print(ask(s.address, b""))
s.stop()
