# argparse: positionals, options, types, defaults, choices, flags, subcommands, errors as SystemExit.

import argparse, io
from contextlib import redirect_stderr, redirect_stdout
p = argparse.ArgumentParser(prog="tool", description="Does things.")
p.add_argument("path", help="where")
p.add_argument("rest", nargs="*")
p.add_argument("-n", "--number", type=int, default=3, help="how many (default %(default)s)")
p.add_argument("-v", "--verbose", action="count", default=0)
p.add_argument("--mode", choices=["fast", "slow"], default="fast")
p.add_argument("--tag", action="append", default=[])
p.add_argument("--dry-run", action="store_true")
p.add_argument("--pair", nargs=2, type=float, metavar=("A", "B"))
for argv in (["x"], ["x", "y", "z", "-n", "5", "-vv"], ["--number=7", "x", "--mode", "slow", "--tag", "a", "--tag=b", "--dry-run"], ["x", "--pair", "1", "2.5"], ["-n8", "x"], ["--", "-n"]):
    print(vars(p.parse_args(argv)))
for argv in ([], ["x", "-n", "many"], ["x", "--mode", "odd"], ["x", "--nope"], ["x", "--pair", "1"], ["x", "-n"]):
    err = io.StringIO()
    try:
        with redirect_stderr(err): p.parse_args(argv)
    except SystemExit as e: print(e.code, err.getvalue().splitlines()[-1])
out = io.StringIO()
try:
    with redirect_stdout(out): p.parse_args(["-h"])
except SystemExit as e: print(e.code)
print(out.getvalue())
s = argparse.ArgumentParser(prog="git")
subs = s.add_subparsers(dest="cmd", required=True)
a = subs.add_parser("add")
a.add_argument("files", nargs="+")
c = subs.add_parser("commit")
c.add_argument("-m", required=True)
print(s.parse_args(["add", "a", "b"]), s.parse_args(["commit", "-m", "msg"]).m, s.parse_known_args(["add", "x", "--zzz"])[1])
print(p.format_usage().strip())
