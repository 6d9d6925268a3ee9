#!/usr/bin/env python3
"""Run the golden programs and compare what they print with what CPython printed.

    tests/run_golden.py --gscript PATH [--mode NAME=VAR=VALUE,VAR=VALUE ...] [--all-modes] [--seeds N]
                        [--err whole|last|none] [--timeout 20] [--parallel 2] [--failed FILE] [FOLDER|FILE ...]

A mode is a name and the environment variables that make it: `--mode eager=GSCRIPT_JIT=eager`. It may be given several
times; without it each program runs once, as the user would run it. --all-modes adds the usual ones. --seeds N runs
programs headed `# order: any` with N values of GSCRIPT_ORDER too. Compared are standard output, the exit status and
standard error: as a whole (default), only its last line, or not at all. --failed FILE writes the names of the failed
programs, one a line. PATH may hold arguments ("target/release/gscript --no-jit") and may name the oracle's python,
which then must pass them all.
"""
import argparse
import difflib
import os
import shlex
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import golden_text

MODES = [("default", {}), ("loop", {"GSCRIPT_DISPATCH": "loop"}), ("nojit", {"GSCRIPT_JIT": "off"}),
         ("eager", {"GSCRIPT_JIT": "eager"}), ("exits", {"GSCRIPT_JIT": "exits"}), ("stress", {"GSCRIPT_GC": "stress"})]


def parse_mode(text):
    name, _, rest = text.partition("=")
    env = {}
    for item in filter(None, rest.split(",")):
        key, eq, value = item.partition("=")
        if not eq:
            raise SystemExit("--mode %s: %r is not VAR=VALUE" % (text, item))
        env[key] = value
    return name, env


def last_line(text):
    lines = text.rstrip("\n").split("\n")
    return lines[-1]


def agreeing(want, got):
    """How many lines of the output agree from the start, of how many."""
    want, got = want.split("\n"), got.split("\n")
    n = next((i for i, (a, b) in enumerate(zip(want, got)) if a != b), min(len(want), len(got)))
    return "%d of %d lines agree" % (n, len(want) - 1)


def short_diff(kind, want, got, limit=12):
    lines = list(difflib.unified_diff(want.split("\n"), got.split("\n"), "expected " + kind, "got", lineterm="", n=1))
    more = len(lines) - limit
    lines = [line if len(line) < 200 else line[:200] + "..." for line in lines[:limit]]
    if more > 0:
        lines.append("... %d more lines" % more)
    return "".join("    %s\n" % line for line in lines)


def check(command, program, env, args):
    """Run one program in one mode. Gives None if it passed, else what is wrong."""
    out, err, status = golden_text.run(command, program, env, args.timeout)
    problem = ""
    if status is None:
        problem += "    took longer than %g s\n" % args.timeout
    elif status != program.status:
        how = "killed by signal %d" % -status if status < 0 else "exit status %d" % status
        problem += "    %s, expected %d\n" % (how, program.status)
    if out != program.expected("out"):
        problem += "    output: %s\n" % agreeing(program.expected("out"), out)
        problem += short_diff("output", program.expected("out"), out)
    want = program.expected("err")
    if args.err == "whole" and err != want or args.err == "last" and last_line(err) != last_line(want):
        problem += short_diff("errors", want, err)
    elif problem and err and err != want:
        problem += short_diff("errors", want, err, 6)
    return problem or None


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gscript", required=True)
    parser.add_argument("--mode", action="append", default=[], metavar="NAME=VAR=VALUE,...")
    parser.add_argument("--all-modes", action="store_true")
    parser.add_argument("--seeds", type=int, default=0)
    parser.add_argument("--err", choices=["whole", "last", "none"], default="whole")
    parser.add_argument("--timeout", type=float, default=20)
    parser.add_argument("--parallel", type=int, default=2)
    parser.add_argument("--failed", metavar="FILE")
    parser.add_argument("--known", metavar="FILE", help="names of programs that are known to fail: they are run and counted apart")
    parser.add_argument("--quiet", action="store_true", help="names of failures only, no differences")
    parser.add_argument("places", nargs="*")
    args = parser.parse_args()
    command = shlex.split(args.gscript)
    if os.sep in command[0]:
        command[0] = os.path.abspath(command[0])
    if shutil.which(command[0]) is None:
        raise SystemExit("%s: no such program" % command[0])
    modes = [parse_mode(m) for m in args.mode] + (MODES if args.all_modes else []) or [("default", {})]
    jobs, skipped = [], 0
    for program in golden_text.find(args.places):
        if program.missing() or not os.path.exists(program.base + ".out"):
            skipped += 1
            continue
        jobs += [(program, name, env) for name, env in modes]
        if program.any_order:
            jobs += [(program, "order %d" % seed, {"GSCRIPT_ORDER": str(seed)}) for seed in range(1, args.seeds + 1)]
    known = set(open(args.known).read().split()) if args.known else set()
    started, passed, failed, expected = time.monotonic(), 0, [], 0
    with ThreadPoolExecutor(args.parallel) as pool:
        results = pool.map(lambda job: check(command, job[0], job[2], args), jobs)
        for (program, name, _), problem in zip(jobs, results):
            if problem is not None and known and program.name not in known:
                # On a busy machine a clock may decide: once more, alone.
                problem = check(command, program, dict(modes).get(name, {}), args)
            if problem is None:
                passed += 1
                continue
            if program.name in known:
                expected += 1
                continue
            failed.append(program.name)
            print("FAILED %s%s" % (program.name, "" if name == "default" else " [%s]" % name))
            if not args.quiet:
                print(problem, end="", flush=True)
    if args.failed:
        with open(args.failed, "w") as f:
            f.writelines(name + "\n" for name in dict.fromkeys(failed))
    if skipped:
        print("%d skipped" % skipped)
    if known:
        print("%d known to fail" % expected)
    print("%.1f s" % (time.monotonic() - started))
    print("%d passed, %d failed" % (passed, len(failed)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
