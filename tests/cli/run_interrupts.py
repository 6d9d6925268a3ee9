#!/usr/bin/env python3
"""Ctrl-C ends whatever a program does: loops, long built-ins, waits. Each must die of SIGINT soon, with a traceback.

    python3 tests/cli/run_interrupts.py [--gscript target/release/gscript] [NAME...]
"""

import argparse, pathlib, resource, signal, subprocess, sys, time

PROGRAMS = {
    "loop": "while True: pass",
    "calls": "def f(n): return f(n - 1) + f(n - 1) if n else 1\nf(100)",
    "generator": "def g():\n while 1: yield 1\nfor x in g(): pass",
    "except": "while 1:\n try:\n  while 1: pass\n except ValueError: pass",
    "power": "7 ** 20_000_000",
    "power_modulo": "pow(3, 10 ** 60000, 10 ** 60000 + 7)",
    "digits": "import sys; sys.set_int_max_str_digits(0); x = 7 ** 30_000_000; str(x)",
    "parse_digits": "import sys; sys.set_int_max_str_digits(0); int('7' * 5_000_000)",
    "divide": "x = 7 ** 8_000_000; y = 7 ** 4_000_000; divmod(x, y)",
    "gcd": "import math; math.gcd(7 ** 3_000_000, 5 ** 3_000_000)",
    "comb": "import math; math.comb(20_000_000, 10_000_000)",
    "sum": "sum(range(10 ** 11))",
    "max": "max(range(10 ** 11))",
    "list": "list(iter(int, 1))",
    "set": "set(x % 7 for x in range(10 ** 11))",
    "contains": "-1 in map(abs, range(10 ** 11))",
    "filter": "next(filter(None, iter(int, 1)))",
    "join": "','.join('' for _ in range(10 ** 11))",
    "repeat": "x = [1] * 100\nwhile True: y = x * 1000",
    "compile": "exec('x = 1\\n' * 3_000_000)",
    "greenlet": "from gevent import spawn\ndef g():\n while 1: pass\nspawn(g).join()",
    "switches": "from gevent import spawn, sleep\ndef g():\n while 1: sleep(0)\nspawn(g); g()",
    "sleep": "from gevent import sleep; sleep(60)",
    "time_sleep": "import time; time.sleep(60)",
    "join_greenlet": "from gevent import spawn, sleep; spawn(sleep, 60).join()",
    "input": "input()",
    "accept": "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen(); s.accept()",
    "write": "while True: print('x' * 1000)",
    "write_bytes": "import sys\nwhile True: sys.stdout.buffer.write(b'x' * 100000)",
    "import": "import endless",
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gscript", default="target/release/gscript")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    exe = str(pathlib.Path(options.gscript).absolute())
    import tempfile
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "endless.gs").write_text("while True: pass\n")
        for name, program in PROGRAMS.items():
            if options.names and name not in options.names:
                continue
            limit = lambda: resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
            pipes = dict(stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            p = subprocess.Popen([exe, "-c", program], cwd=folder, preexec_fn=limit, **pipes)
            time.sleep(0.4)
            if p.poll() is not None:
                failed += 1
                print(f"FAILED {name}: ended by itself with {p.returncode}: {p.stderr.read().decode()[-300:]}")
                continue
            start = time.monotonic()
            p.send_signal(signal.SIGINT)
            try:
                p.wait(5)
            except subprocess.TimeoutExpired:
                p.kill()
            took = time.monotonic() - start
            _, err = p.communicate()
            if p.returncode != -signal.SIGINT or not err.decode().endswith("KeyboardInterrupt\n") or took > 3:
                failed += 1
                print(f"FAILED {name}: status {p.returncode} after {took:.2f} s: {err.decode()[-300:]}")
    print(f"{len(options.names or PROGRAMS) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
