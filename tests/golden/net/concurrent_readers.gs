# rows: SOC-07
# Two greenlets reading one socket: the second is refused, the first unharmed.

from gevent import socket, spawn, sleep, get_hub
from gevent.exceptions import ConcurrentObjectUseError
get_hub().exception_stream = None

a, b = socket.socketpair()
first = spawn(a.recv, 10)
sleep(0)
try:
    a.recv(10)
except ConcurrentObjectUseError as e:
    print(type(e).__name__, isinstance(e, AssertionError))
b.sendall(b"for the first")
print(first.get())
