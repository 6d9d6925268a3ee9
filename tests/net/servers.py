#!/usr/bin/env python3
"""Try the example servers as clients would, good ones and bad ones, and run the other examples.

    tests/net/servers.py --gscript PATH [--long] [--soak SECONDS] [--oracle PYTHON] [NAME ...]

Each test starts its own server on a free port and ends it. --long uses the numbers that a server must stand (5,000
connections, wrk with 1,000 clients for ten seconds). --soak loads the HTTP server for so many seconds and shows its
memory every tenth of that. --oracle runs the same servers with a CPython that has gevent: all but the tests of memory
should pass there too. NAME chooses tests. Exit status 1: something failed.
"""
import argparse
import contextlib
import os
import re
import resource
import select
import shlex
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
EXAMPLES = os.path.join(HERE, "..", "..", "examples")
TESTS = []
GOOD = b"GET /hello/x HTTP/1.1\r\nHost: x\r\n\r\n"


def test(f):
    TESTS.append(f)
    return f


class Server:
    """A running server. Its port stands in the first line that it prints."""

    def __init__(self, command, script, limit=None):
        self.out = tempfile.TemporaryFile()
        words = shlex.split(command) + [script, "127.0.0.1:0"]

        def prepare():
            signal.signal(signal.SIGINT, signal.default_int_handler)
            if limit:
                resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))

        self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=self.out, stderr=subprocess.STDOUT, preexec_fn=prepare)
        self.port = int(self.wait_for(rb":(\d+)\b")[1])

    def output(self):
        self.out.seek(0)
        return self.out.read()

    def wait_for(self, pattern, seconds=10):
        end = time.monotonic() + seconds
        has_ended = False
        while time.monotonic() < end:
            found = re.search(pattern, self.output())
            if found:
                return found
            if has_ended:
                break
            # What it wrote last is looked at once more.
            has_ended = self.process.poll() is not None
            time.sleep(0.01)
        raise AssertionError("%r does not come: %r" % (pattern, self.output()[-2000:]))

    def connect(self, timeout=5):
        s = socket.create_connection(("127.0.0.1", self.port), timeout)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return s

    def memory(self):
        with open("/proc/%d/statm" % self.process.pid) as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.process.kill()
        self.process.wait()
        self.out.close()


class Bench:
    def __init__(self, command, is_long, is_oracle):
        self.command, self.is_long, self.is_oracle = command, is_long, is_oracle

    def example(self, name, **options):
        return Server(self.command, os.path.join(EXAMPLES, name + ".gs"), **options)

    @contextlib.contextmanager
    def script(self, text, **options):
        with tempfile.NamedTemporaryFile("w", suffix=".gs") as f:
            f.write(text)
            f.flush()
            with Server(self.command, f.name, **options) as server:
                yield server

    def run(self, name, seconds=30):
        words = shlex.split(self.command) + [os.path.join(EXAMPLES, name + ".gs")]
        p = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds)
        assert p.returncode == 0 and not p.stderr, (p.returncode, p.stderr[-2000:])
        return p.stdout.splitlines()


def receive_all(s):
    parts = []
    with contextlib.suppress(ConnectionError):
        while data := s.recv(65536):
            parts.append(data)
    return b"".join(parts)


def response(s):
    """One answer of an HTTP server: (status, headers, body)."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = s.recv(1)
        assert byte, "the connection ended in the head: %r" % head
        head += byte
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    body = b""
    while len(body) < int(headers.get("content-length", 0)):
        part = s.recv(65536)
        assert part, "the connection ended in the body"
        body += part
    return int(first.split()[1]), headers, body


def is_served(server, seconds=2.0):
    """Whether a client with a good request is answered soon."""
    start = time.monotonic()
    with server.connect() as s:
        s.sendall(GOOD)
        status, _, body = response(s)
    assert status == 200 and body == b"Hello, x!\n", (status, body)
    assert time.monotonic() - start < seconds, "a good client waited for %.2f s" % (time.monotonic() - start)


def reset(s):
    """Closes with a reset instead of an end of stream."""
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


@test
def echo_holds_many(bench):
    count = 5000 if bench.is_long else 500
    with bench.example("echo_server") as server:
        clients = [server.connect(30) for _ in range(count)]
        for i, s in enumerate(clients):
            s.sendall(b"message %d" % i)
        for i, s in enumerate(clients):
            want, got = b"message %d" % i, b""
            while len(got) < len(want):
                got += s.recv(100)
            assert got == want
        for s in clients:
            s.close()
        server.wait_for(b"left after 9 bytes")
        with server.connect() as s:
            s.sendall(b"again")
            assert s.recv(10) == b"again"


@test
def echo_of_much(bench):
    """Megabytes through one connection whose reader is slow, while others talk."""
    data = os.urandom(1 << 20) * 4
    with bench.example("echo_server") as server, server.connect(20) as slow:
        thread = threading.Thread(target=lambda: (slow.sendall(data), slow.shutdown(socket.SHUT_WR)))
        thread.start()
        for _ in range(20):
            with server.connect() as s:
                s.sendall(b"quick")
                assert s.recv(10) == b"quick"
        assert receive_all(slow) == data
        thread.join()


@test
def echo_survives_resets(bench):
    with bench.example("echo_server") as server:
        for i in range(20):
            s = server.connect()
            if i % 2:
                s.sendall(b"x" * 100000)
            reset(s)
        with server.connect() as s:
            s.sendall(b"fine")
            assert s.recv(10) == b"fine"
        server.wait_for(b"broke off")


@test
def http_answers(bench):
    with bench.example("http_server") as server, server.connect() as s:
        for request, status, part in [
            (GOOD, 200, b"Hello, x!\n"),
            (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", 200, b"It works"),
            (b"GET /none HTTP/1.1\r\nHost: x\r\n\r\n", 404, b"no /none"),
            (b"DELETE / HTTP/1.1\r\nHost: x\r\n\r\n", 405, b"Not Allowed"),
            (b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde", 200, b"abcde"),
            (b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", 200, b"abcde"),
            (b"GET /headers HTTP/1.1\r\nHost: x\r\nA: 1\r\n\r\n", 200, b'{"a": "1", "host": "x"}'),
        ]:
            s.sendall(request)
            got = response(s)
            assert got[0] == status and part in got[2], (request, got)
        # Several requests in one packet, then the last one.
        s.sendall(GOOD * 5 + GOOD.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert receive_all(s).count(b"HTTP/1.1 200 OK") == 6
        if shutil.which("curl"):
            p = subprocess.run(["curl", "-s", "-m5", "http://127.0.0.1:%d/hello/curl" % server.port], capture_output=True)
            assert p.stdout == b"Hello, curl!\n", p


@test
def http_bad_clients_harm_nobody(bench):
    bad = {
        "garbage": os.urandom(2000) + b"\r\n\r\n",
        "no header end": b"GET / HTTP/1.1\r\nHost: x\r\n",
        "half a line": b"GE",
        "nothing": b"",
        "huge line": b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\n\r\n",
        "huge header": b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"b" * 1000000 + b"\r\n\r\n",
        "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 5000 + b"\r\n",
        "bad length": b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "huge length": b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        "both lengths": b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "half a body": b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nabc",
        "bad chunk": b"POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "zeros": b"\0" * 10000,
    }
    wanted = {"garbage": 400, "huge line": 414, "huge header": 431, "many headers": 431, "bad length": 400, "huge length": 413, "both lengths": 400,
              "bad chunk": 400}
    with bench.example("http_server") as server:
        kept = []
        for name, data in bad.items():
            for ending in ("stays", "half close", "reset"):
                s = server.connect()
                with contextlib.suppress(ConnectionError):
                    s.sendall(data)
                if ending == "reset":
                    reset(s)
                elif ending == "half close":
                    with contextlib.suppress(OSError):
                        s.shutdown(socket.SHUT_WR)
                    answer = receive_all(s)
                    if name in wanted:
                        assert answer.startswith(b"HTTP/1.1 %d " % wanted[name]), (name, answer[:100])
                    s.close()
                else:
                    kept.append(s)
            is_served(server)
        is_served(server)
        for s in kept:
            s.close()
        is_served(server)
        assert b"Traceback" not in server.output(), server.output()[-2000:]


@test
def http_slow_reader(bench):
    """A client that asks and asks and reads nothing."""
    with bench.example("http_server") as server:
        s = server.connect()
        s.setblocking(False)
        sent, end = 0, time.monotonic() + 5
        while time.monotonic() < end and sent < 20_000_000:
            try:
                sent += s.send(GOOD * 1000)
            except BlockingIOError:
                if not select.select([], [s], [], 0.3)[1]:
                    break
        is_served(server)
        assert server.memory() < 200
        s.close()
        is_served(server)


HANDLER = """
import sys
from gevent.server import StreamServer
from gevent import sleep
def handle(sock, address):
    line = sock.makefile("rb").readline()
    if line == b"fail\\n":
        raise ValueError("as asked")
    if line == b"exit\\n":
        raise KeyError("no way out")
    sock.sendall(b"ok " + line)
server = StreamServer(("127.0.0.1", 0), handle)
server.start()
print(":%d" % server.server_port, flush=True)
server.serve_forever()
"""


@test
def handler_errors_are_contained(bench):
    with bench.script(HANDLER) as server:
        for word in (b"fail", b"good", b"exit", b"good"):
            with server.connect() as s:
                s.sendall(word + b"\n")
                assert receive_all(s) == (b"ok good\n" if word == b"good" else b""), word
        server.wait_for(rb"ValueError: as asked\n[-0-9:TZ]+ <Greenlet at 0x[0-9a-f]+: .*> failed with ValueError\n")
        server.wait_for(rb"failed with KeyError")


@test
def too_many_files(bench):
    """Beyond the limit of descriptors the server says so, waits, and goes on when there are some again."""
    with bench.example("http_server", limit=40) as server:
        clients = [server.connect() for _ in range(60)]
        server.wait_for(rb"Too many open files")
        time.sleep(0.3)
        assert server.output().count(b"Too many open files") < 20, "it tries without a pause"
        for s in clients:
            s.close()
        deadline = time.monotonic() + 5
        while True:
            try:
                is_served(server)
                break
            except (OSError, AssertionError):
                assert time.monotonic() < deadline, server.output()[-500:]
                time.sleep(0.1)


@test
def ends_by_interrupt(bench):
    for name in ("echo_server", "http_server", "chat"):
        for idle in (0, 3):
            with bench.example(name) as server:
                clients = [server.connect() for _ in range(idle)]
                time.sleep(0.05)
                server.process.send_signal(signal.SIGINT)
                start = time.monotonic()
                assert server.process.wait(5) == 0, (name, server.output())
                assert time.monotonic() - start < 3
                assert server.output().endswith(b"bye\n") and b"Traceback" not in server.output(), server.output()
                for s in clients:
                    s.close()


@test
def http_under_load(bench):
    if not shutil.which("wrk"):
        return "wrk is not installed"
    shown = []
    with bench.example("http_server") as server:
        for clients in (64, 1000) if bench.is_long else (64,):
            seconds = 10 if bench.is_long else 1
            url = "http://127.0.0.1:%d/" % server.port
            p = subprocess.run(["wrk", "-t1", "-c%d" % clients, "-d%d" % seconds, url], capture_output=True, text=True, timeout=60)
            assert "Non-2xx" not in p.stdout and "Socket errors" not in p.stdout, p.stdout
            done = int(re.search(r"(\d+) requests in", p.stdout)[1])
            assert done > 100, p.stdout
            shown.append("%d clients: %s requests/s" % (clients, re.search(r"Requests/sec:\s+(\S+)", p.stdout)[1]))
            is_served(server)
        assert b"Traceback" not in server.output()
    return ", ".join(shown)


@test
def chat_room(bench):
    with bench.example("chat") as server:
        ann, bob = server.connect(), server.connect()

        def until(s, end):
            got = b""
            while not got.endswith(end):
                part = s.recv(1000)
                assert part, got
                got += part
            return got

        until(ann, b"Your name? ")
        ann.sendall(b"ann\n")
        until(ann, b"* 1 here: ann\n")
        until(bob, b"Your name? ")
        bob.sendall(b"ann\n")
        until(bob, b"Taken. Another name? ")
        bob.sendall("böb\n".encode())
        until(bob, "* 2 here: ann, böb\n".encode())
        until(ann, "* böb came in\n".encode())
        ann.sendall(b"hello\n/me waves\n/who\n/nothing\n")
        until(bob, b"ann: hello\n* ann waves\n")
        until(ann, "* ann, böb\n* no such command: /nothing\n".encode())
        # Somebody who never reads is thrown out and holds up nobody.
        mute = server.connect()
        until(mute, b"Your name? ")
        mute.sendall(b"mute\n")
        until(ann, b"* mute came in\n")
        bob.sendall(b"/quit\n")
        until(ann, "* böb left\n".encode())
        assert receive_all(bob).endswith(b"* mute came in\n")
        reset(mute)
        until(ann, b"* mute left\n")
        ann.close()


@test
def other_examples(bench):
    assert bench.run("hello") == ["Hello, world!"]
    lines = bench.run("concurrent_clients")
    assert lines == ["HELLO, I AM CLIENT %d" % n for n in range(20)] + ["20 clients took turns, none waited for the others"], lines
    lines = bench.run("producer_consumer")
    assert sorted(lines[:-1]) == ["%s has produced 8 jobs" % c for c in ("blue", "green", "red")], lines
    assert lines[-1] == "24 jobs done by 4 workers", lines
    assert bench.run("timeouts") == [
        "a block took too long: 0.05 seconds True", "TimeoutError the database does not answer", "no answer", "done", "inner", "nothing in the queue",
        "still running: True", "socket: timed out", "late, but not lost"]
    assert bench.run("crawler") == ["52 pages read, 61 without success:", "  404: 54", "  500: 6", "  timed out: 1"]


PIPES = """\
import os
from gevent import spawn, sleep, joinall
print(":1", flush=True)
turns = 0
def count():
    global turns
    while True:
        turns += 1
        sleep(0.001)
counter = spawn(count)
size = 1000000
def write_descriptor(w):
    n = os.write(w, b"x" * size)
    os.close(w)
    return n
def write_file(w, mode, data):
    with os.fdopen(w, mode) as f:
        f.write(data)
def read_slowly(r):
    n = 0
    with os.fdopen(r, "rb") as f:
        while data := f.read(50000):
            n += len(data)
            sleep(0.002)
    return n
for f, args in ((write_descriptor, ()), (write_file, ("wb", b"y" * size)), (write_file, ("w", "z" * size))):
    r, w = os.pipe()
    before = turns
    reader, writer = spawn(read_slowly, r), spawn(f, w, *args)
    joinall([reader, writer])
    print(reader.value == size, writer.successful(), turns - before > 5, flush=True)
r, w = os.pipe()
g = spawn(os.read, r, 10)
sleep(0.01)
print(g.ready(), os.write(w, b"woken"), g.get(), flush=True)
"""


@test
def pipes_park_only_the_caller(bench):
    """Blocking descriptors: others run while one waits. CPython would wait as a whole."""
    if bench.is_oracle:
        return "not with the oracle"
    with bench.script(PIPES) as server:
        server.wait_for(rb"(True True True\n){3}False 5 b'woken'\n")


STUCK = """\
from gevent import spawn, sleep
from gevent.queue import Queue
q = Queue()
def worker(n):
    return q.get()
workers = [spawn(worker, 1)]
workers.append(spawn(worker, 2))
print(":1", flush=True)
sleep(0)
workers[0].join()
"""


@test
def loop_exit_tells_who_waits(bench):
    """When nothing can ever happen: what each greenlet waits for, where, and where it was spawned. More than gevent tells."""
    if bench.is_oracle:
        return "not with the oracle"
    with bench.script(STUCK) as server:
        server.wait_for(rb"gevent.exceptions.LoopExit: This operation would block forever\n\tHub: .*\n\tHandles:\n\[\]\n")
        server.wait_for(rb"\tthe main greenlet waits for join of a greenlet, at \S+\.gs:10 in <module>\n")
        for n, line in ((1, 6), (2, 7)):
            where = rb"at \S+\.gs:5 in worker, spawned at \S+\.gs:%d in <module>\n" % line
            server.wait_for(rb"\t<Greenlet at 0x[0-9a-f]+: worker\(%d\)> waits for an item of a queue, " % n + where)
        assert server.process.wait(5) == 1


def soak(bench, seconds):
    """Keep-alive clients, short connections and bad clients for a while; the server's memory must not grow after warm-up."""
    stop = time.monotonic() + seconds
    counts = {"short": 0, "bad": 0}

    def short(server):
        while time.monotonic() < stop:
            with server.connect(20) as s:
                s.sendall(b"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2000\r\n\r\n" + b"x" * 2000)
                assert receive_all(s).endswith(b"x" * 2000)
            counts["short"] += 1
            time.sleep(0.002)

    def bad(server):
        while time.monotonic() < stop:
            s = server.connect(20)
            s.sendall([b"GET / HT", b"\0\1\2\r\n\r\n", b"", GOOD * 50][counts["bad"] % 4])
            reset(s)
            counts["bad"] += 1
            time.sleep(0.01)

    with bench.example("http_server") as server:
        threads = [threading.Thread(target=f, args=(server,), daemon=True) for f in (short, bad)]
        for t in threads:
            t.start()
        url = "http://127.0.0.1:%d/headers" % server.port
        load = None
        if shutil.which("wrk"):
            load = subprocess.Popen(["wrk", "-t1", "-c50", "-d%d" % seconds, url], stdout=subprocess.PIPE, text=True)
        figures = []
        for n in range(10):
            time.sleep(max(0, stop - time.monotonic() - seconds * (9 - n) / 10))
            figures.append(server.memory())
            print("  %4d s: %.1f MiB, %d short and %d bad connections" % (seconds * (n + 1) / 10, figures[-1], counts["short"], counts["bad"]), flush=True)
        for t in threads:
            t.join(30)
            assert not t.is_alive()
        if load:
            out = load.communicate(timeout=30)[0]
            print("  " + re.search(r"\d+ requests in.*", out)[0])
            assert "Non-2xx" not in out and "Socket errors" not in out, out
        is_served(server)
        assert max(figures[5:]) < max(figures[1:4]) * 1.1 + 4, "memory grows: %s" % figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gscript", default="target/release/gscript")
    parser.add_argument("--oracle", metavar="PYTHON", help="run the servers with this CPython instead")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--soak", type=int, metavar="SECONDS")
    parser.add_argument("names", nargs="*")
    a = parser.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    command = a.oracle or (os.path.abspath(a.gscript) if os.path.exists(a.gscript) else a.gscript)
    bench = Bench(command, a.long, bool(a.oracle))
    failed = 0
    tests = [] if a.soak and not a.names else [t for t in TESTS if not a.names or t.__name__ in a.names]
    for t in tests:
        start = time.monotonic()
        try:
            note = t(bench)
            print("ok      %-32s %5.1f s  %s" % (t.__name__, time.monotonic() - start, note or ""), flush=True)
        except Exception as e:
            failed += 1
            print("FAILED  %-32s %5.1f s  %s: %s" % (t.__name__, time.monotonic() - start, type(e).__name__, e), flush=True)
    if a.soak:
        try:
            soak(bench, a.soak)
            print("ok      soak")
        except Exception as e:
            failed += 1
            print("FAILED  soak: %s: %s" % (type(e).__name__, e))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
