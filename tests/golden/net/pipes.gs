# os.pipe together with greenlets: reading and writing through descriptors.

import os
from gevent import spawn, sleep, socket
from gevent.os import tp_read, tp_write, nb_read, nb_write, make_nonblocking

r, w = os.pipe()
make_nonblocking(r); make_nonblocking(w)
def reader():
    out = b""
    while data := nb_read(r, 100): out += data
    return out
g = spawn(reader)
sleep(0)
for part in (b"one ", b"two ", b"three"):
    nb_write(w, part)
    sleep(0)
os.close(w)
print(g.get())
os.close(r)
