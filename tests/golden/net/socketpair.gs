# rows: SOC-01 SOC-04 SOC-06
# socketpair: send, sendall, recv, recv_into, shutdown; both directions at once.

from gevent import socket, spawn, joinall, sleep

a, b = socket.socketpair()
print(a.send(b"hello"), b.recv(100), b.sendall(b"answer"), a.recv(3), a.recv(100))
buf = bytearray(10)
a.sendall(bytearray(b"into"))
print(b.recv_into(buf), buf)
a.sendall(memoryview(b"view slice")[5:])
print(b.recv_into(memoryview(buf)[2:], 3), buf, b.recv(10))
print(a.sendall(b""), a.family == socket.AF_UNIX, a.type == socket.SOCK_STREAM, a.proto)
big = bytes(range(256)) * 4000
def sender(s): s.sendall(big); s.shutdown(socket.SHUT_WR)
def receiver(s):
    parts = []
    while p := s.recv(65536): parts.append(p)
    return b"".join(parts)
gs = [spawn(sender, a), spawn(sender, b), spawn(receiver, a), spawn(receiver, b)]
joinall(gs)
print(gs[2].value == big, gs[3].value == big, len(big))
a.close(); b.close()
for bad in ("text", None, 5, ["x"]):
    a, b = socket.socketpair()
    for f in (a.send, a.sendall):
        try:
            f(bad)
        except TypeError as e:
            print(e)
    a.close(); b.close()
