# rows: SRV-11 SRV-12
# serve_forever returns after stop; the server as a context manager.

from gevent import socket, spawn, sleep, spawn_later
from gevent.server import StreamServer

server = StreamServer(("127.0.0.1", 0), lambda s, a: s.sendall(b"hi"))
g = spawn(server.serve_forever)
sleep(0.005)
with socket.create_connection(server.address) as c: print(c.recv(10))
spawn_later(0.01, server.stop)
print(g.get(), server.started)
main = StreamServer(("127.0.0.1", 0), lambda s, a: None)
spawn_later(0.025, main.stop)
print(main.serve_forever())
with StreamServer(("127.0.0.1", 0), lambda s, a: s.sendall(b"x")) as s:
    s.start()
    with socket.create_connection(s.address) as c: print(c.recv(10))
print(s.started)
