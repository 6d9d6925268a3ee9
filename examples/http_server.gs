# A small HTTP/1.1 server, written in script code over StreamServer: keep-alive, pipelining, limits, clear errors.
#
#   gscript examples/http_server.gs                  listens on 127.0.0.1:8080
#   gscript examples/http_server.gs 0.0.0.0:9080
#
# Then:   curl -i http://127.0.0.1:8080/hello/Ada
#         curl -i http://127.0.0.1:8080/echo -d 'some text'
#         wrk -c 64 http://127.0.0.1:8080/

import json
import sys
import time

from gevent import Timeout, sleep
from gevent.server import StreamServer

MAX_LINE = 8192         # bytes in the request line and in each header line
MAX_HEADER = 32768      # bytes in all header lines together
MAX_HEADERS = 100       # header lines
MAX_BODY = 1 << 20
IDLE_SECONDS = 15       # how long a connection may wait for the next request
REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed", 408: "Request Timeout",
           411: "Length Required", 413: "Content Too Large", 414: "URI Too Long", 431: "Request Header Fields Too Large",
           500: "Internal Server Error", 501: "Not Implemented", 505: "HTTP Version Not Supported"}
TOKEN = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class HttpError(Exception):
    """A request that is answered with an error; the connection is closed after it."""

    def __init__(self, status, text=""):
        super().__init__(text or REASONS[status])
        self.status = status


class Disconnected(Exception):
    """The client went away in the middle of a request."""


class Reader:
    """Lines and bodies out of a socket. What was received too much stays here for the next request (pipelining)."""

    def __init__(self, conn):
        self.conn = conn
        self.buffer = bytearray()

    def fill(self):
        data = self.conn.recv(65536)
        if not data:
            raise Disconnected
        self.buffer += data

    def line(self, limit, too_long):
        """The next line without its end. Only \\r\\n ends a line: a bare \\n or \\r is an error."""
        start = 0
        while (end := self.buffer.find(b"\n", start)) < 0:
            if len(self.buffer) > limit:
                raise HttpError(too_long)
            start = len(self.buffer)
            self.fill()
        if end > limit:
            raise HttpError(too_long)
        if self.buffer[end - 1:end] != b"\r":
            raise HttpError(400, "a line must end in CR LF")
        line = self.buffer[:end - 1].decode("latin-1")
        del self.buffer[:end + 1]
        if "\r" in line or "\0" in line:
            raise HttpError(400, "control character in a line")
        return line

    def exactly(self, count):
        while len(self.buffer) < count:
            self.fill()
        data = bytes(self.buffer[:count])
        del self.buffer[:count]
        return data


class Request:
    def __init__(self, method, path, query, version, headers, body):
        self.method, self.path, self.query, self.version = method, path, query, version
        self.headers, self.body = headers, body

    @property
    def keep_alive(self):
        tokens = [t.strip().lower() for t in self.headers.get("connection", "").split(",")]
        return "close" not in tokens and (self.version == "HTTP/1.1" or "keep-alive" in tokens)


def unquote(text):
    """%41 to A; bytes are UTF-8."""
    if "%" not in text:
        return text
    first, *rest = text.split("%")
    out = bytearray(first.encode("latin-1"))
    for part in rest:
        try:
            out += bytes.fromhex(part[:2]) + part[2:].encode("latin-1")
        except ValueError:
            raise HttpError(400, "bad %-sequence in the path") from None
    return out.decode("utf-8", "replace")


def read_headers(reader):
    headers, size, count = {}, 0, 0
    while line := reader.line(MAX_LINE, 431):
        size += len(line)
        count += 1
        if size > MAX_HEADER or count > MAX_HEADERS:
            raise HttpError(431)
        name, colon, value = line.partition(":")
        if not colon or not name or not TOKEN.issuperset(name):
            raise HttpError(400, "bad header line")
        name = name.lower()
        value = value.strip(" \t")
        if name in headers:
            if name in ("content-length", "host"):
                raise HttpError(400, f"more than one {name}")
            value = headers[name] + ", " + value
        headers[name] = value
    return headers


def read_chunks(reader):
    body = bytearray()
    while True:
        size, _, _ = reader.line(MAX_LINE, 400).partition(";")
        size = size.strip()
        if not size or len(size) > 8 or not all(c in "0123456789abcdefABCDEF" for c in size):
            raise HttpError(400, "bad chunk size")
        size = int(size, 16)
        if len(body) + size > MAX_BODY:
            raise HttpError(413)
        if size == 0:
            read_headers(reader)  # the trailer, which nobody wants
            return bytes(body)
        body += reader.exactly(size)
        if reader.exactly(2) != b"\r\n":
            raise HttpError(400, "bad end of a chunk")


def read_request(reader, conn):
    """The next request, or None if the client closed the connection between two requests."""
    try:
        if not reader.buffer:
            reader.fill()
    except Disconnected:
        return None
    line = reader.line(MAX_LINE, 414)
    if not line:  # one empty line before a request is forgiven
        line = reader.line(MAX_LINE, 414)
    parts = line.split(" ")
    if len(parts) != 3 or not parts[0] or not TOKEN.issuperset(parts[0]):
        raise HttpError(400, "bad request line")
    method, target, version = parts
    if version not in ("HTTP/1.1", "HTTP/1.0"):
        raise HttpError(505 if version.startswith("HTTP/") else 400)
    headers = read_headers(reader)
    if version == "HTTP/1.1" and "host" not in headers:
        raise HttpError(400, "no Host header")
    if target.lower().startswith("http://"):
        target = "/" + target[7:].partition("/")[2]
    if not target.startswith("/") and target != "*":
        raise HttpError(400, "bad request target")
    path, _, query = target.partition("?")
    body = b""
    if "transfer-encoding" in headers:
        if "content-length" in headers:
            raise HttpError(400, "both Content-Length and Transfer-Encoding")
        if headers["transfer-encoding"].lower() != "chunked":
            raise HttpError(501, "only the chunked coding is known")
        expect_continue(headers, conn)
        body = read_chunks(reader)
    elif "content-length" in headers:
        length = headers["content-length"]
        if not length.isascii() or not length.isdigit():
            raise HttpError(400, "bad Content-Length")
        if len(length) > 12 or int(length) > MAX_BODY:
            raise HttpError(413)
        expect_continue(headers, conn)
        body = reader.exactly(int(length))
    elif method in ("POST", "PUT", "PATCH"):
        raise HttpError(411)
    return Request(method, unquote(path), query, version, headers, body)


def expect_continue(headers, conn):
    if headers.get("expect", "").lower() == "100-continue":
        conn.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


def http_date(cache=[0, ""]):
    """The Date header; made once a second."""
    now = int(time.time())
    if cache[0] != now:
        cache[:] = now, time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(now))
    return cache[1]


def response(status, body, content_type="text/plain; charset=utf-8", close=False, head=False, more=()):
    if isinstance(body, str):
        body = body.encode()
    lines = [f"HTTP/1.1 {status} {REASONS[status]}", f"Date: {http_date()}", f"Content-Type: {content_type}",
             f"Content-Length: {len(body)}", *more]
    lines.append("Connection: close" if close else "Connection: keep-alive")
    head_part = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    return head_part if head else head_part + body


# The pages: a function gets the request (and what stands behind the prefix) and returns text, bytes or a JSON value.

def index(request):
    return "It works. Try /hello/NAME, /headers, /slow, or POST something to /echo.\n"


def hello(request, name):
    return f"Hello, {name or 'stranger'}!\n"


def show_headers(request):
    return dict(sorted(request.headers.items()))


def slow(request):
    sleep(1)  # only this connection waits
    return "That took a second.\n"


def echo(request):
    return request.body


ROUTES = {"/": (index, ("GET", "HEAD")), "/headers": (show_headers, ("GET", "HEAD")), "/slow": (slow, ("GET", "HEAD")),
          "/echo": (echo, ("POST", "PUT"))}
PREFIXES = {"/hello/": (hello, ("GET", "HEAD"))}


def find(path):
    """The page for a path: (function, extra arguments, methods)."""
    if path in ROUTES:
        function, methods = ROUTES[path]
        return function, (), methods
    for prefix, (function, methods) in PREFIXES.items():
        if path.startswith(prefix):
            return function, (path[len(prefix):],), methods
    raise HttpError(404, f"There is no {path} here.")


def answer(request):
    """The bytes that answer a request."""
    close, head = not request.keep_alive, request.method == "HEAD"
    try:
        function, args, methods = find(request.path)
        if request.method not in methods:
            return response(405, "Method Not Allowed\n", close=close, head=head, more=[f"Allow: {', '.join(methods)}"])
        result = function(request, *args)
    except HttpError as error:
        return response(error.status, f"{error}\n", close=close, head=head)
    except Exception as error:
        print(f"{request.method} {request.path}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        return response(500, "Something went wrong here.\n", close=close, head=head)
    if isinstance(result, (str, bytes)):
        return response(200, result, close=close, head=head)
    return response(200, json.dumps(result) + "\n", "application/json", close=close, head=head)


def handle(conn, address):
    """One connection: request after request until one side has enough."""
    reader = Reader(conn)
    conn.settimeout(4 * IDLE_SECONDS)  # for clients that do not read their answers
    try:
        while True:
            with Timeout(IDLE_SECONDS, HttpError(408)):
                request = read_request(reader, conn)
            if request is None:
                return
            conn.sendall(answer(request))
            if not request.keep_alive:
                return
    except HttpError as error:
        try:
            conn.sendall(response(error.status, f"{error}\n", close=True))
            finish(conn)
        except OSError:
            pass
    except (Disconnected, OSError):
        pass  # the client left early


def finish(conn):
    """Closing while unread data waits would reset the connection and lose the answer: read it first, for a moment."""
    conn.shutdown(1)
    with Timeout(0.5, False):
        while conn.recv(65536):
            pass


def main():
    host, _, port = (sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:8080").rpartition(":")
    server = StreamServer((host or "127.0.0.1", int(port)), handle, backlog=1024)
    server.start()
    print(f"listening on http://{server.server_host}:{server.server_port}/, Ctrl-C ends it", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print("bye")


if __name__ == "__main__":
    main()
