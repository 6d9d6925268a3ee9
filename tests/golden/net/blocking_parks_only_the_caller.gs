# rows: SOC-01 SOC-03
# accept, recv and connect park one greenlet; the others go on.

from gevent import socket, spawn, joinall, sleep

log = []
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen(5)
def acceptor():
    log.append("accepting")
    c, _ = l.accept()
    log.append("accepted")
    data = c.recv(100)
    log.append(("received", data))
    c.sendall(b"reply")
    c.close()
def ticker():
    for i in range(3):
        log.append(f"tick {i}")
        sleep(0)
def connector():
    sleep(0.025)
    s = socket.create_connection(l.getsockname())
    sleep(0.025)
    s.sendall(b"data")
    log.append(("client got", s.recv(100), s.recv(100)))
    s.close()
joinall([spawn(acceptor), spawn(ticker), spawn(connector)])
print(*log, sep="\n")
