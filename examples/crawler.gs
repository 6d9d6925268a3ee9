# A crawler with a pool of ten workers. It brings its own web site, a local server with some broken corners.
#
#   gscript examples/crawler.gs

import re

from gevent import Timeout, sleep, socket
from gevent.pool import Pool
from gevent.server import StreamServer

PAGES = 60


def site(conn, address):
    """The web site: page n links to 2n, 2n + 1 and n + 7. Every ninth page fails, page 13 hangs."""
    with conn.makefile("rb") as lines:
        request = lines.readline().decode("latin-1").split()
        while lines.readline() not in (b"\r\n", b"\n", b""):
            pass
    if len(request) != 3:
        return
    sleep(0.01)
    match re.fullmatch(r"/page/(\d+)", request[1]):
        case None:
            status, body = "404 Not Found", "no such page"
        case found if (n := int(found[1])) >= PAGES:
            status, body = "404 Not Found", "no such page"
        case _ if n == 13:
            sleep(60)
            return
        case _ if n % 9 == 8:
            status, body = "500 Internal Server Error", "out of order"
        case _:
            links = "".join(f'<a href="/page/{m}">{m}</a> ' for m in (2 * n, 2 * n + 1, n + 7))
            status, body = "200 OK", f"<title>Page {n}</title>{links}"
    body = body.encode()
    conn.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body)


def fetch(address, path):
    """(status, text) of a page."""
    with socket.create_connection(address, timeout=5) as conn:
        conn.sendall(f"GET {path} HTTP/1.1\r\nHost: {address[0]}\r\nConnection: close\r\n\r\n".encode())
        with conn.makefile("rb") as answer:
            status = int(answer.readline().split()[1])
            while answer.readline() not in (b"\r\n", b""):
                pass
            return status, answer.read().decode()


class Crawler:
    def __init__(self, address, workers=10, seconds=0.5):
        self.address, self.seconds = address, seconds
        self.pool = Pool(workers)
        self.waiting, self.seen, self.results = [], set(), {}

    def add(self, path):
        if path not in self.seen:
            self.seen.add(path)
            self.waiting.append(path)

    def visit(self, path):
        try:
            with Timeout(self.seconds):
                status, text = fetch(self.address, path)
        except Timeout:
            self.results[path] = "timed out"
            return
        except OSError as error:
            self.results[path] = str(error)
            return
        if status != 200:
            self.results[path] = str(status)
            return
        self.results[path] = re.search("<title>(.*?)</title>", text)[1]
        for link in re.findall('href="(.*?)"', text):
            self.add(link)

    def run(self, start):
        self.add(start)
        while self.waiting or len(self.pool):
            while self.waiting:
                self.pool.spawn(self.visit, self.waiting.pop(0))  # waits while all workers are busy
            sleep(0.005)


server = StreamServer(("127.0.0.1", 0), site)
server.start()
crawler = Crawler(server.address)
crawler.run("/page/1")
server.stop()

good = {path: text for path, text in crawler.results.items() if text.startswith("Page")}
bad = {path: text for path, text in crawler.results.items() if path not in good}
print(f"{len(good)} pages read, {len(bad)} without success:")
counts = {}
for text in bad.values():
    counts[text] = counts.get(text, 0) + 1
for text, count in sorted(counts.items()):
    print(f"  {text}: {count}")
