# A server and twenty clients in one program: each connection and each client is a greenlet.
#
#   gscript examples/concurrent_clients.gs

from gevent import joinall, sleep, socket, spawn
from gevent.server import StreamServer


def handle(conn, address):
    """Answer each line after a short pause, as a server would that asks a database."""
    with conn.makefile("rw") as lines:
        for line in lines:
            sleep(0.05)
            lines.write(line.upper())
            lines.flush()


def client(address, number):
    with socket.create_connection(address) as conn, conn.makefile("rw") as lines:
        answers = []
        for word in ("hello", f"i am client {number}"):
            lines.write(word + "\n")
            lines.flush()
            answers.append(lines.readline().strip())
        return answers


server = StreamServer(("127.0.0.1", 0), handle)
server.start()
clients = [spawn(client, server.address, n) for n in range(20)]
joinall(clients)
for c in clients:
    print(*c.get(), sep=", ")
server.stop()
print(f"{len(clients)} clients took turns, none waited for the others")
