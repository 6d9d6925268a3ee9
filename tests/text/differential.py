#!/usr/bin/env python3.11
"""Compares gscript_vm::text with CPython 3.11 on seeded random cases.

    cargo build --release -p gscript-vm --example text_probe
    python3.11 tests/text/differential.py [--seed N] [--scale F] [NAME ...]

Each file cases_*.py beside this one adds functions decorated with `case`: a generator that
yields questions (arguments) together with what CPython answers. The probe is asked all of
them in one run. Prints one line per function, and the first differences.

Not asked, because we differ on purpose: `z` as a flag of bytes % formatting, which only the
first releases of 3.11 had, by accident; and the message about a byte above 127 as a conversion
there, which CPython fails to write, in each release in another way.
"""
import argparse
import importlib
import pathlib
import random
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import probe  # noqa: E402


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--binary", default=str(HERE.parents[1] / "target/release/examples/text_probe"))
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    assert sys.version_info[:2] == (3, 11), "the oracle is CPython 3.11"
    for file in sorted(HERE.glob("cases_*.py")):
        importlib.import_module(file.stem)
    total = wrong = 0
    for name, (function, count) in probe.CASES.items():
        if options.names and name not in options.names:
            continue
        questions = list(function(random.Random(f"{options.seed} {name}"), int(count * options.scale)))
        lines = [probe.encode(question, arguments) for question, arguments, _ in questions]
        run = subprocess.run([options.binary], input="\n".join(lines) + "\n", capture_output=True, text=True)
        answers = run.stdout.splitlines()
        if run.returncode or len(answers) != len(questions):
            shown = questions[len(answers)] if len(answers) < len(questions) else None
            print(f"{name}: probe failed at {shown!r}\n{run.stderr}")
            wrong += 1
            continue
        bad = 0
        for (question, arguments, expected), got in zip(questions, answers):
            got = probe.decode(got)
            if got != expected:
                bad += 1
                if bad <= 8:
                    print(f"  {question}{arguments!r}\n    CPython {expected!r}\n    gscript {got!r}")
        total += len(questions)
        wrong += bad
        print(f"{name}: {len(questions)} cases, {bad} differences")
    print(f"{total} cases, {wrong} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
