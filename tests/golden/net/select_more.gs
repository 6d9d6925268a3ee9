# rows: SEL-04 SEL-07
# select with any iterables and bad descriptors; poll reports what is wrong.

import os
import time
from gevent import socket, select, spawn, sleep

a, b = socket.socketpair()
b.sendall(b"x")
print(select.select((x for x in [a]), {b: 1}, set(), 0) == ([a], [b], []), select.select([a, a], [], [], 0) == ([a, a], [], []))
start = time.monotonic()
print(select.select([], [], [], 0.02), time.monotonic() - start >= 0.015)
class Thing:
    def fileno(self): return a.fileno()
t = Thing()
print(select.select([t], [], [], 0)[0] == [t])
closed = socket.socket()
closed.close()
for bad in ((closed,), (-1,), ("x",), (None,), (1.5,)):
    try:
        select.select(bad, [], [], 0)
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
try:
    select.select([a], [], [], "x")
except TypeError as e:
    print(type(e).__name__)
r, w = os.pipe()
os.close(w)
os.close(r)
try:
    select.select([r], [], [], 0)
except OSError as e:
    print(e.errno)
p = select.poll()
p.register(a)
print(p.poll(0) == [(a.fileno(), select.POLLIN | select.POLLOUT)], p.poll(0) == p.poll(0))
p.modify(a, select.POLLIN)
print([e for _, e in p.poll(0)] == [select.POLLIN])
p.unregister(a)
print(p.poll(0))
r, w = os.pipe()
os.write(w, b"data")
p.register(r, select.POLLIN)
p.register(w, select.POLLOUT)
print(sorted(e for _, e in p.poll(10)) == [select.POLLIN, select.POLLOUT])
p.unregister(w)
os.close(w)
os.read(r, 10)
print(len(p.poll(10)))
try:
    p.poll("a")
except TypeError as e:
    print(type(e).__name__)
os.close(r)
q = select.poll()
q.register(a, select.POLLIN)
a.recv(10)
g = spawn(q.poll)
sleep(0.005)
print(g.ready())
b.sendall(b"y")
print(len(g.get()), len(q.poll(-5)))
two = [spawn(select.select, [a], [], [], 1) for _ in range(2)]
print([g.get()[0] == [a] for g in two])
