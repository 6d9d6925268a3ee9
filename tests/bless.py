#!/usr/bin/env python3
"""Write the expected output of the golden programs: what CPython 3.11 with gevent prints.

    tests/bless.py [--oracle PYTHON] [--check] [--new] [FOLDER|FILE ...]

Each program runs three times, with different hash seeds; one whose output differs between them is not blessed, nor
one that ends with another exit status than its head declares or takes too long. `# order: any` programs run some more
times under a loop that shuffles ready greenlets. --check writes nothing and fails if a file on disk would change;
--new blesses only programs without a .out file. The oracle is the environment made by tests/setup_peers.sh, unless
--oracle or GSCRIPT_ORACLE names another one.
"""
import argparse
import difflib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import golden_text

SHUFFLES = 5


def find_oracle(named):
    oracle = named or os.environ.get("GSCRIPT_ORACLE") or os.path.join(golden_text.ROOT, "target", "oracle", "bin", "python")
    try:
        text = subprocess.run([oracle, "-c", "import sys, gevent; print(*sys.version_info[:2], gevent.__version__)"],
                              capture_output=True, text=True).stdout.split()
    except OSError:
        text = []
    if text[:2] != ["3", "11"]:
        raise SystemExit("%s is not CPython 3.11 with gevent: run tests/setup_peers.sh, or use --oracle" % oracle)
    return oracle


def differ(what, a, b):
    lines = list(difflib.unified_diff(a.split("\n"), b.split("\n"), lineterm="", n=1))[2:14]
    return what + "\n    " + "\n    ".join(lines)


def bless(program, oracle, args):
    """Bless one program. Gives (changed, problem)."""
    runs = [({"PYTHONHASHSEED": seed}, "hash seed " + seed) for seed in ("0", "4711", "9")]
    if program.any_order:
        for seed in range(1, SHUFFLES + 1):
            runs.append(({"GEVENT_LOOP": "shuffle_loop.Loop", "SHUFFLE_SEED": str(seed),
                          "PYTHONPATH": os.path.dirname(os.path.abspath(__file__))}, "order %d" % seed))
    first = None
    for env, what in runs:
        out, err, status = golden_text.run([oracle], program, env, 30)
        if status is None:
            return False, "takes too long (%s)" % what
        if status != program.status:
            return False, "exit status %d, its head says %d (%s)\n%s" % (status, program.status, what, "\n".join(err.split("\n")[-7:]))
        if ": SyntaxWarning: " in err:
            return False, "the compiler warns: write it otherwise\n" + err
        if first is None:
            first = out, err
        elif out != first[0]:
            return False, differ("standard output differs with %s" % what, first[0], out)
        elif err != first[1]:
            return False, differ("standard error differs with %s" % what, first[1], err)
    changed = []
    for kind, text in zip(("out", "err"), first):
        path = program.base + "." + kind
        wanted = text != "" or kind == "out"
        if wanted != os.path.exists(path) or wanted and program.expected(kind) != text:
            changed.append(kind)
            if args.check:
                return True, differ(".%s would change" % kind, program.expected(kind), text)
            if wanted:
                with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as f:
                    f.write(text)
            else:
                os.remove(path)
    return bool(changed), None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--oracle", help="CPython 3.11 with gevent")
    parser.add_argument("--check", action="store_true", help="write nothing, fail if something would change")
    parser.add_argument("--new", action="store_true", help="only programs without a .out file")
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("places", nargs="*")
    args = parser.parse_args()
    oracle = find_oracle(args.oracle)
    programs = [p for p in golden_text.find(args.places) if not (args.new and os.path.exists(p.base + ".out"))]
    changed = problems = skipped = 0

    def work(program):
        missing = program.missing()
        return ("skip", missing) if missing else bless(program, oracle, args)

    with ThreadPoolExecutor(args.parallel) as pool:
        for program, (change, problem) in zip(programs, pool.map(work, programs)):
            if change == "skip":
                skipped += 1
                print("skipped %s: needs %s" % (program.name, problem))
            elif problem:
                problems += 1
                print("NOT BLESSED %s: %s" % (program.name, problem))
            elif change:
                changed += 1
                print("blessed %s" % program.name)
    print("%d programs, %d changed, %d skipped, %d not blessed" % (len(programs), changed, skipped, problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
