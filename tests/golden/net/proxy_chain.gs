# A TCP proxy in front of an echo server: both directions copied by greenlets, half close passed on.

from gevent import socket, spawn, joinall
from gevent.server import StreamServer

def echo(sock, addr):
    while data := sock.recv(1000): sock.sendall(data.swapcase())
    sock.sendall(b"<end>")
def pump(src, dst):
    try:
        while data := src.recv(512): dst.sendall(data)
        dst.shutdown(socket.SHUT_WR)
    except OSError:
        pass
def proxy(target):
    def handle(sock, addr):
        with socket.create_connection(target) as up:
            joinall([spawn(pump, sock, up), spawn(pump, up, sock)])
    return handle
back = StreamServer(("127.0.0.1", 0), echo)
back.start()
chain = [back]
for _ in range(3):
    p = StreamServer(("127.0.0.1", 0), proxy(chain[-1].address))
    p.start()
    chain.append(p)
def ask(text):
    with socket.create_connection(chain[-1].address) as s:
        s.sendall(text)
        s.shutdown(socket.SHUT_WR)
        return s.makefile("rb").read()
gs = [spawn(ask, t) for t in (b"Hello", b"", b"x" * 5000)]
joinall(gs)
print(gs[0].value, gs[1].value, gs[2].value == b"X" * 5000 + b"<end>")
for s in chain: s.stop()
