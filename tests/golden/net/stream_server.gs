# rows: SRV-01 SRV-02 SRV-03 SRV-04
# StreamServer: port 0, handlers, addresses, closing of client sockets.

from gevent import socket, spawn, sleep
from gevent.server import StreamServer

log, kept = [], []
def handle(sock, addr):
    log.append(addr[0])
    kept.append(sock)
    line = sock.makefile("rb").readline()
    sock.sendall(b"you said " + line)
server = StreamServer(("127.0.0.1", 0), handle)
print(server.started)
server.start()
server.start()
print(server.started, server.address[0], server.server_host, server.server_port == server.address[1] > 0)
def ask(text):
    with socket.create_connection(server.address) as s:
        s.sendall(text + b"\n")
        return s.makefile("rb").read()
print(ask(b"hello"), ask(b"again"), log)
gs = [spawn(ask, b"%d" % i) for i in range(5)]
print([g.get() for g in gs])
sleep(0.005)
print([k.fileno() for k in kept][:2])
addr = server.address
server.stop()
print(server.started, server.closed, server.address == addr)
try:
    socket.create_connection(addr)
except ConnectionRefusedError as e:
    print(type(e).__name__)
server.stop()
StreamServer(("127.0.0.1", 0), handle).stop()
busy = socket.socket()
busy.bind(("127.0.0.1", 0)); busy.listen()
a = busy.getsockname()
try:
    StreamServer(a, handle).start()
except OSError as e:
    print(e.errno, str(e) == f"[Errno 98] Address already in use: {a!r}")
listener = socket.socket()
listener.bind(("127.0.0.1", 0)); listener.listen()
s2 = StreamServer(listener, handle)
s2.start()
with socket.create_connection(listener.getsockname()) as c:
    c.sendall(b"own listener\n")
    print(c.recv(100))
s2.stop()
print(listener.fileno())
s3 = StreamServer("127.0.0.1:0", handle)
s3.start()
with socket.create_connection(("127.0.0.1", s3.server_port)) as c:
    c.sendall(b"text address\n")
    print(c.recv(100))
s3.stop()
