#!/usr/bin/env python3
"""Run random programs under CPython 3.11 and gscript and compare what they print.

    tests/differential/compare.py [--gscript PATH] [--python python3.11] [--seeds FROM-TO] [--keep FOLDER]

Each line that differs is shown once for each kind of difference. --keep writes the programs that differ to a folder.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import generate

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def run(command, path, env):
    try:
        p = subprocess.run(command + [path], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, env=env)
    except subprocess.TimeoutExpired:
        return "took too long"
    out = p.stdout.decode("utf-8", "replace")
    if p.returncode != 0:
        out += "exit status %d\n%s" % (p.returncode, p.stderr.decode("utf-8", "replace")[-2000:])
    return out


def source_line(text, shown):
    """The line of the program that a line of its output tells of."""
    m = re.match(r"\d+ (\d+) ", shown)
    return text.split("\n")[int(m.group(1)) - 1].strip()[:200] if m else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gscript", default=os.path.join(ROOT, "target", "release", "gscript"))
    parser.add_argument("--python", default="python3.11")
    parser.add_argument("--seeds", default="1-200")
    parser.add_argument("--keep")
    args = parser.parse_args()
    first, last = map(int, args.seeds.split("-"))
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GSCRIPT_"))}
    env["PYTHONWARNINGS"] = "ignore"
    kinds, different = {}, 0

    def work(seed):
        text = generate.Program(seed).text()
        with tempfile.NamedTemporaryFile("w", suffix=".gs", encoding="utf-8", delete=False) as f:
            f.write(text)
        try:
            return seed, text, run([args.python], f.name, env), run([args.gscript], f.name, env)
        finally:
            os.unlink(f.name)

    with ThreadPoolExecutor(2) as pool:
        for seed, text, want, got in pool.map(work, range(first, last + 1)):
            if want == got:
                continue
            different += 1
            if args.keep:
                os.makedirs(args.keep, exist_ok=True)
                with open(os.path.join(args.keep, "%d.gs" % seed), "w", encoding="utf-8") as f:
                    f.write(text)
            for a, b in zip(want.split("\n"), got.split("\n")):
                if a != b:
                    key = re.sub(r"\d+", "0", re.sub(r"'[^']*'", "''", a + "|" + b))[:60]
                    kinds.setdefault(key, []).append((seed, a, b, source_line(text, a)))
                    # What follows is mostly a consequence.
                    break
    for cases in kinds.values():
        seed, a, b, source = cases[0]
        print("seed %d (%d like it): %s\n  cpython %s\n  gscript %s" % (seed, len(cases), source, a[:300], b[:300]))
    print("%d programs, %d differ" % (last - first + 1, different))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
