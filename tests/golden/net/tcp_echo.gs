# rows: SOC-01 SOC-03 SOC-05
# A listener on port 0, clients in greenlets, end of stream.

from gevent import socket, spawn, joinall

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.bind(("127.0.0.1", 0))
listener.listen()
addr = listener.getsockname()
print(addr[0], addr[1] > 0)
def handle(conn, peer):
    with conn:
        while data := conn.recv(100):
            conn.sendall(data.upper())
    return peer[0]
def serve(n):
    return [spawn(handle, *listener.accept()) for _ in range(n)]
def client(i):
    with socket.create_connection(addr) as s:
        out = b""
        for part in (b"hello ", b"from %d" % i):
            s.sendall(part)
            while len(out) < 6: out += s.recv(100)
        s.shutdown(socket.SHUT_WR)
        while part := s.recv(100): out += part
        return out, s.recv(10)
server = spawn(serve, 3)
clients = [spawn(client, i) for i in range(3)]
joinall(clients)
for c in clients: print(c.value)
print([g.get() for g in server.get()])
listener.close()
