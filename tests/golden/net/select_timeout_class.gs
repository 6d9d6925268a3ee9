# rows: SEL-08
# A gevent.Timeout that fires during select or poll comes out and leaves the sockets usable.

from gevent import socket, select, Timeout, spawn

a, b = socket.socketpair()
for wait in (lambda: select.select([a], [], []), lambda: select.select([a], [], [], 5)):
    try:
        with Timeout(0.015) as t:
            wait()
    except Timeout as e:
        print(e is t)
p = select.poll()
p.register(a, select.POLLIN)
with Timeout(0.015, False):
    p.poll()
    print("not reached")
b.sendall(b"x")
print(select.select([a], [], [])[0] == [a], len(p.poll(100)), a.recv(10))
g = spawn(select.select, [a], [], [])
g.join(0)
g.kill()
print(g.dead, select.select([a], [], [], 0)[0])
