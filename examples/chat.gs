# A chat room over plain TCP: the first line is your name, every further line goes to all others.
#
#   gscript examples/chat.gs                         listens on 127.0.0.1:7001
#   gscript examples/chat.gs 0.0.0.0:9001
#
# Then, in several terminals:   nc 127.0.0.1 7001
# Commands: /who lists the names, /me TEXT, /quit

import sys

from gevent import spawn
from gevent.queue import Full, Queue
from gevent.server import StreamServer

MAX_LINE = 1000
members = {}  # name -> Member


class Member:
    """Someone in the room. Lines for them wait in a queue, so that one slow reader holds up nobody."""

    def __init__(self, name, conn):
        self.name, self.conn = name, conn
        self.outbox = Queue(100)
        self.writer = spawn(self.write)

    def write(self):
        for line in self.outbox:
            try:
                self.conn.sendall(line.encode() + b"\n")
            except OSError:
                break

    def tell(self, line):
        try:
            self.outbox.put_nowait(line)
        except Full:
            self.conn.shutdown(2)  # far behind: this ends their handler


def broadcast(line, but=None):
    for member in list(members.values()):
        if member is not but:
            member.tell(line)


def ask_name(lines, conn):
    """A free name, or None if the client left."""
    conn.sendall(b"Your name? ")
    while line := lines.readline(MAX_LINE):
        name = "".join(c for c in line.strip() if c.isprintable())[:20]
        if name and name not in members:
            return name
        conn.sendall(b"Taken. Another name? " if name else b"A name, please: ")
    return None


def handle(conn, address):
    lines = conn.makefile("r", encoding="utf-8", errors="replace")
    me = None
    try:
        name = ask_name(lines, conn)
        if name is None:
            return
        me = members[name] = Member(name, conn)
        me.tell(f"* {len(members)} here: {', '.join(sorted(members))}")
        broadcast(f"* {name} came in", but=me)
        while line := lines.readline(MAX_LINE):
            match line.strip().split(maxsplit=1):
                case []:
                    pass
                case ["/quit"]:
                    break
                case ["/who"]:
                    me.tell(f"* {', '.join(sorted(members))}")
                case ["/me", text]:
                    broadcast(f"* {name} {text}")
                case [command, *_] if command.startswith("/"):
                    me.tell(f"* no such command: {command}")
                case _:
                    broadcast(f"{name}: {line.strip()}", but=me)
    except ConnectionError:
        pass
    finally:
        if me is not None:
            del members[me.name]
            broadcast(f"* {me.name} left")
            me.outbox.put(StopIteration)
            me.writer.join(timeout=1)


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:7001").rpartition(":")
    server = StreamServer((host or "127.0.0.1", int(port)), handle)
    server.start()
    print(f"chat room on {server.server_host}:{server.server_port}, Ctrl-C ends it", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("bye")


if __name__ == "__main__":
    main()
