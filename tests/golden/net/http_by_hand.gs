# A small HTTP server and client written over sockets: keep-alive, pipelining, errors.

from gevent import socket, spawn, joinall
from gevent.server import StreamServer

PAGES = {"/": "welcome", "/a": "page a", "/empty": ""}
class BadRequest(Exception): pass
def read_request(f):
    line = f.readline(1000)
    if not line: return None
    if not line.endswith(b"\n"): raise BadRequest("line too long")
    try:
        method, path, version = line.decode("latin-1").split()
    except ValueError:
        raise BadRequest("bad request line") from None
    headers = {}
    while (line := f.readline(1000)) not in (b"\r\n", b"\n", b""):
        name, colon, value = line.decode("latin-1").partition(":")
        if not colon: raise BadRequest("bad header")
        headers[name.strip().lower()] = value.strip()
    n = int(headers.get("content-length", 0))
    return method, path, version, headers, f.read(n)
def respond(f, status, body, close=False):
    body = body.encode()
    f.write(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{'Connection: close' + chr(13) + chr(10) if close else ''}\r\n".encode() + body)
    f.flush()
def handle(sock, addr):
    with sock.makefile("rwb") as f:
        while True:
            try:
                req = read_request(f)
            except BadRequest as e:
                return respond(f, "400 Bad Request", str(e), True)
            if req is None: return
            method, path, version, headers, body = req
            close = headers.get("connection", "").lower() == "close" or version == "HTTP/1.0"
            if method == "POST": respond(f, "200 OK", f"{len(body)} bytes", close)
            elif path in PAGES: respond(f, "200 OK", PAGES[path], close)
            else: respond(f, "404 Not Found", f"no {path}", close)
            if close: return
server = StreamServer(("127.0.0.1", 0), handle)
server.start()
def read_response(f):
    status = f.readline().decode().strip()
    headers = {}
    while (line := f.readline()) not in (b"\r\n", b""):
        k, _, v = line.decode().partition(":")
        headers[k.lower()] = v.strip()
    return status, headers.get("connection"), f.read(int(headers["content-length"])).decode()
def talk(*requests, n):
    with socket.create_connection(server.address) as s:
        f = s.makefile("rb")
        for r in requests: s.sendall(r)
        out = [read_response(f) for _ in range(n)]
        s.shutdown(socket.SHUT_WR)
        return out, f.read()
get = lambda p, h="": f"GET {p} HTTP/1.1\r\nHost: x\r\n{h}\r\n".encode()
sessions = [spawn(talk, get("/"), get("/a"), n=2), spawn(talk, get("/") + get("/none") + get("/empty"), n=3), spawn(talk, get("/", "Connection: close\r\n"), n=1), spawn(talk, b"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello" + get("/a"), n=2), spawn(talk, b"nonsense\r\n\r\n", n=1), spawn(talk, b"GET / HTTP/1.0\r\n\r\n", n=1), spawn(talk, b"GET", b" /a HT", b"TP/1.1\r\n", b"\r\n", n=1), spawn(talk, b"GET /" + b"x" * 2000 + b" HTTP/1.1\r\n\r\n", n=1)]
joinall(sessions)
for s in sessions: print(s.value if s.successful() else repr(s.exception))
server.stop()
