# A chat room: names, broadcasts, leaving; each client sees the messages in order.

from gevent import socket, spawn, sleep, joinall
from gevent.server import StreamServer
from gevent.event import Event

rooms = {}
def broadcast(text, skip=None):
    for name in sorted(rooms):
        if name != skip: rooms[name].sendall(text.encode() + b"\n")
def handle(sock, addr):
    f = sock.makefile("r")
    name = f.readline().strip()
    rooms[name] = sock
    broadcast(f"* {name} joined", skip=name)
    try:
        for line in f:
            if line.strip() == "/who": sock.sendall(",".join(sorted(rooms)).encode() + b"\n")
            else: broadcast(f"{name}: {line.strip()}", skip=name)
    finally:
        del rooms[name]
        broadcast(f"* {name} left")
server = StreamServer(("127.0.0.1", 0), handle)
server.start()
class Client:
    def __init__(self, name):
        self.s = socket.create_connection(server.address)
        self.f = self.s.makefile("r")
        self.say(name)
        while name not in rooms: sleep(0.005)
    def say(self, text): self.s.sendall(text.encode() + b"\n")
    def hear(self): return self.f.readline().strip()
    def close(self):
        self.f.close()
        self.s.close()
ann, bob = Client("ann"), Client("bob")
print(ann.hear())
cat = Client("cat")
print(ann.hear(), bob.hear())
ann.say("hello all")
print(bob.hear(), cat.hear())
bob.say("hi ann")
print(ann.hear(), cat.hear())
cat.say("/who")
print(cat.hear())
bob.close()
print(ann.hear(), cat.hear())
ann.say("bye")
print(cat.hear())
ann.close(); print(cat.hear()); cat.close()
while rooms: sleep(0.005)
server.stop()
print(rooms)
