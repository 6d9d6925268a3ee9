# A calculator over lines: partial reads, several requests in one packet, quitting.

from gevent import socket, spawn, sleep, joinall
from gevent.server import StreamServer

def handle(sock, addr):
    f = sock.makefile("rw", newline="\n")
    for line in f:
        words = line.split()
        match words:
            case ["quit"]:
                f.write("bye\n")
                f.flush()
                break
            case ["add", *ns]:
                try:
                    f.write(f"{sum(map(int, ns))}\n")
                except ValueError as e:
                    f.write(f"error {e}\n")
            case []:
                f.write("empty\n")
            case _:
                f.write(f"unknown {words[0]}\n")
        f.flush()
server = StreamServer(("127.0.0.1", 0), handle)
server.start()
def session(chunks):
    with socket.create_connection(server.address) as s:
        for c in chunks:
            s.sendall(c)
            sleep(0.005)
        s.shutdown(socket.SHUT_WR)
        return s.makefile("r").read().splitlines()
gs = [spawn(session, c) for c in ([b"add 1 2\nadd 3 4\nquit\n"], [b"ad", b"d 1 ", b"2 3\n", b"\nquit\n"], [b"add x\n", b"dance\n"], [b"quit\nadd 1 1\n"], [b"add 5 5"], [b""])]
joinall(gs)
for g in gs: print(g.value)
server.stop()
