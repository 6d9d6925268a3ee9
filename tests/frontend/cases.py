#!/usr/bin/env python3
"""Runs the cases of cases.txt under CPython 3.11 and gscript and compares verdict, tree, line and message.

    python3.11 tests/frontend/cases.py [--bless] [--dump PROGRAM]

`--bless` writes CPython's answers (and gscript's, where they differ) into cases.txt; a test of the grammar crate
then checks gscript against the file without needing a Python.
"""

import argparse
import os
import re
import sys
import tempfile
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from compare_ast import Other, dump  # noqa: E402
from mutate import ours, verdict  # noqa: E402

warnings.simplefilter("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\"}


def unescape(text):
    return re.sub(r"\\(u\{(\w+)\}|.)", lambda m: chr(int(m[2], 16)) if m[2] else ESCAPES[m[1]], text)


def answer(pair):
    return "ok" if pair is None else " ".join(pair)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dump", default=os.path.join(HERE, "../../target/release/examples/dump_ast"))
    parser.add_argument("--bless", action="store_true")
    args = parser.parse_args()
    other = Other(args.dump)
    path = os.path.join(HERE, "cases.txt")
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")
    written, cases, differing = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        case = os.path.join(folder, "case.py")
        for line in lines:
            if not line.startswith('"'):
                if not line or line.startswith("#"):
                    written.append(line)
                continue
            source = unescape(line[1:-1]).encode("utf-8")
            # As a text, not as a file: a byte order mark counts.
            with open(case, "wb") as file:
                file.write(source)
            theirs, found = dump(source.decode("utf-8")), other.dump(case)
            expected, got = verdict(theirs), ours(found)
            written += [line, answer(expected)]
            cases += 1
            if expected != got:
                differing += 1
                written.append(f"gscript: {answer(got)}")
                print(f"{line}\n    CPython {answer(expected)}\n    gscript {answer(got)}")
            elif expected is None and theirs != found:
                differing += 1
                print(f"{line}\n    CPython {theirs}\n    gscript {found}")
    print(f"{cases} cases, {differing} differ")
    if args.bless:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(written))


if __name__ == "__main__":
    main()
