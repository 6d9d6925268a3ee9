# rows: SOC-01 SOC-04
# recv_into and sendall with the kinds of buffers.

from gevent import socket

a, b = socket.socketpair()
a.sendall(b"0123456789" * 3)
buf = bytearray(b"." * 12)
view = memoryview(buf)
print(b.recv_into(view[2:6]), buf, b.recv_into(view[6:], 2), buf, b.recv_into(buf, 0, socket.MSG_PEEK), buf)
print(b.recv_into(view.cast("H")), buf, b.recv_into(bytearray()), b.recv(100))
for bad in ((b"bytes",), ("text",), (memoryview(b"readonly"),), (bytearray(3), -1), (bytearray(3), 5), (None,), ()):
    try:
        b.recv_into(*bad)
    except (TypeError, ValueError, BufferError) as e:
        print(type(e).__name__)
for data in (bytearray(b"array"), memoryview(b"a view")[2:], memoryview(bytearray(b"\1\0\2\0")).cast("H")):
    print(a.sendall(data), a.send(data), b.recv(100))
for bad in ("text", 5, None, [1], memoryview(b"abcdef")[::2]):
    for f in (a.send, a.sendall):
        try:
            f(bad)
        except (TypeError, BufferError, ValueError) as e:
            print(type(e).__name__)
print(b.recv(0), a.send(b""))
try:
    b.recv(2.5)
except TypeError as e:
    print(e)
a.close()
print(b.recv(10), b.recv(10), b.recv_into(buf))
try:
    b.sendall(b"nobody reads")
except BrokenPipeError as e:
    print(type(e).__name__, e)
