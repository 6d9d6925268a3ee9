# rows: SEL-01 SEL-02 SEL-03 SEL-05 SEL-06
# select.select and select.poll on sockets.

from gevent import socket, spawn, sleep, select

a, b = socket.socketpair()
c, d = socket.socketpair()
print(select.select([a, c], [], [], 0.005), [len(x) for x in select.select([a], [b], [], 0)])
b.sendall(b"x"); d.sendall(b"y")
r, w, x = select.select([a, c], [a], [], 1)
print(r == [a, c], w == [a], x, select.select([a.fileno()], [], [], 1)[0] == [a.fileno()])
a.recv(1); c.recv(1)
spawn(lambda: (sleep(0.01), d.sendall(b"late")))
print(select.select([a, c], [], [])[0] == [c])
for bad, t in (([5.5], 0), (["x"], 0), ([a], -1)):
    try:
        select.select(bad, [], [], t)
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
p = select.poll()
p.register(a, select.POLLIN)
p.register(c.fileno(), select.POLLIN)
print([(fd == c.fileno(), ev == select.POLLIN) for fd, ev in p.poll(10)])
c.recv(10)
print(p.poll(0), p.poll(1))
p.unregister(c)
try:
    p.unregister(c)
except KeyError:
    print("KeyError")
b.sendall(b"z")
print(len(p.poll()), select.error is OSError)
