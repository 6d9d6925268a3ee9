# rows: SRV-05 SRV-06 SRV-07
# spawn=: pools, numbers, raw greenlets; stop waits and kills.

from gevent import socket, spawn, sleep, joinall, spawn_raw, GreenletExit
from gevent.server import StreamServer
from gevent.pool import Pool

running = peak = 0
def handle(sock, addr):
    global running, peak
    running += 1
    peak = max(peak, running)
    sock.recv(10)
    sleep(0.005)
    sock.sendall(b"done")
    running -= 1
def ask(server):
    with socket.create_connection(server.address) as s:
        s.sendall(b"go")
        return s.recv(10)
for how, n in (("pool", Pool(2)), ("number", 3), ("default", "default")):
    peak = 0
    server = StreamServer(("127.0.0.1", 0), handle, spawn=n)
    server.start()
    gs = [spawn(ask, server) for _ in range(8)]
    joinall(gs)
    print(how, [g.value for g in gs] == [b"done"] * 8, peak if how != "default" else peak > 3)
    server.stop()
server = StreamServer(("127.0.0.1", 0), handle, spawn=spawn_raw)
server.start()
print(ask(server))
server.stop()
log = []
def slow(sock, addr):
    try:
        sleep(10)
    except GreenletExit:
        log.append("killed")
        raise
server = StreamServer(("127.0.0.1", 0), slow, spawn=Pool(5))
server.start()
cs = [socket.create_connection(server.address) for _ in range(2)]
sleep(0.05)
server.stop(timeout=0.05)
print(log)
for bad in (-1, -5):
    try:
        StreamServer(("127.0.0.1", 0), slow, spawn=bad)
    except ValueError:
        print("ValueError")
started = []
def own_spawn(f, *args):
    started.append(len(args))
    return spawn(f, *args)
server = StreamServer(("127.0.0.1", 0), handle, spawn=own_spawn)
server.start()
print(ask(server), started)
server.stop()
