# rows: SOC-06 SOC-14
# One greenlet reads and another writes the same socket; descriptors are reused safely.

from gevent import socket, spawn, joinall, sleep, get_hub
get_hub().exception_stream = None

a, b = socket.socketpair()
N = 300
def writer(s, tag):
    for i in range(N):
        s.sendall(b"%s%04d" % (tag, i))
        if i % 50 == 0: sleep(0)
def reader(s):
    out = b""
    while len(out) < 5 * N: out += s.recv(4096)
    return out
gs = [spawn(writer, a, b"a"), spawn(writer, b, b"b"), spawn(reader, a), spawn(reader, b)]
joinall(gs)
print(gs[2].value[:10], gs[3].value[-5:], len(gs[2].value), gs[2].value == b"".join(b"b%04d" % i for i in range(N)))
a.close(); b.close()
for i in range(20):
    x, y = socket.socketpair()
    g = spawn(lambda: x.recv(10))
    sleep(0)
    if i % 2:
        x.close()
        try:
            g.get()
        except OSError as e:
            pass
    else:
        y.sendall(b"%d" % i)
        assert g.get() == b"%d" % i
    x.close(); y.close()
print("descriptors reused")
