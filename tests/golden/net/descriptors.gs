# rows: OSS-01 OSS-02 OSS-03
# gevent.os on pipes: reading, writing, ends, errors, waits that are given up.

import os
from gevent import spawn, sleep, Timeout, joinall
from gevent.os import nb_read, nb_write, tp_read, tp_write, make_nonblocking

r, w = os.pipe()
print(make_nonblocking(r), make_nonblocking(r), make_nonblocking(w))
print(nb_write(w, b"some"), nb_read(r, 2), nb_read(r, 100))
for _ in range(2):
    with Timeout(0.005, False):
        nb_read(r, 1)
        print("not reached")
g = spawn(nb_read, r, 10)
sleep(0)
g.kill()
print(g.dead, nb_write(w, b"x"), nb_read(r, 10))
n = 0
with Timeout(0.02, False):
    while True:
        n += nb_write(w, b"z" * 10000)
print(n > 10000)
g = spawn(lambda: nb_write(w, b"end"))
sleep(0)
got = 0
while got < n:
    got += len(nb_read(r, n - got))
print(g.get(), nb_read(r, 10))
os.close(w)
print(nb_read(r, 10))
os.close(r)
for f in (lambda: nb_read(r, 1), lambda: nb_write(w, b"x")):
    try:
        f()
    except OSError as e:
        print(e.errno)
r, w = os.pipe()
make_nonblocking(w)
os.close(r)
try:
    nb_write(w, b"x")
except BrokenPipeError as e:
    print(type(e).__name__, e.errno)
os.close(w)
r, w = os.pipe()
s, x = os.pipe()
gs = [spawn(tp_read, r, 10), spawn(tp_read, s, 10)]
sleep(0.005)
print([g.ready() for g in gs], tp_write(x, b"second"), tp_write(w, b"first"))
print([g.get() for g in gs])
for fd in (r, w, s, x): os.close(fd)
