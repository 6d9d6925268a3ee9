# rows: SRV-15 SRV-30 SRV-07
# Servers that share a listener; subclasses that steer accepting.

from gevent import socket, spawn, sleep, joinall
from gevent.server import StreamServer

log = []
def handler(name):
    def handle(sock, address):
        log.append(name)
        sock.recv(10)
        sock.sendall(name.encode())
    return handle
def ask(address):
    with socket.create_connection(address) as s:
        s.sendall(b"?")
        return s.recv(10)
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen(100)
address = l.getsockname()
servers = [StreamServer(l, handler("one")), StreamServer(l, handler("two"))]
for s in servers: s.start()
gs = [spawn(ask, address) for _ in range(10)]
joinall(gs)
print({g.value for g in gs} <= {b"one", b"two"}, len(log), l.fileno() >= 0)
servers[0].stop()
print(l.fileno())
servers[1].stop()
class Counting(StreamServer):
    def init_socket(self):
        super().init_socket()
        self.events = ["init"]
    def do_handle(self, sock, address):
        self.events.append("handle")
        super().do_handle(sock, address)
    def do_close(self, sock, address):
        self.events.append("close")
        super().do_close(sock, address)
s = Counting(("127.0.0.1", 0), handler("counted"))
s.start()
print(ask(s.address), ask(s.address))
sleep(0.005)
print(s.events)
s.stop_accepting()
g = spawn(ask, s.address)
g.join(0.02)
print(g.ready(), s.started)
s.start_accepting()
print(g.get())
s.stop()
