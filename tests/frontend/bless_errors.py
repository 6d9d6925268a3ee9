#!/usr/bin/env python3
"""Writes CPython 3.11's answers into the cases of compiler/tests/errors.txt.

    python3.11 tests/frontend/bless_errors.py compiler/tests/errors.txt

A case is a program and a line `#> MESSAGE @ LINE:COLUMN-LINE:COLUMN` (an end that CPython does not give is `?`),
or `#> ok`. Columns count from 1, as in `SyntaxError.offset`.
"""

import sys
import warnings

warnings.simplefilter("ignore")


def answer(source):
    try:
        compile(source, "case", "exec", dont_inherit=True)
    except SyntaxError as e:
        end = "?" if e.end_offset is None else f"{e.end_lineno}:{e.end_offset}"
        return f"#> {e.msg} @ {e.lineno}:{e.offset}-{end}"
    return "#> ok"


def main():
    path = sys.argv[1]
    cases, lines = [], []
    with open(path, encoding="utf-8") as f:
        for line in f.read().splitlines():
            if line.startswith("#>"):
                cases.append("\n".join(lines).strip("\n") + "\n")
                lines = []
            else:
                lines.append(line)
    with open(path, "w", encoding="utf-8") as f:
        for case in cases:
            f.write(f"{case}{answer(case)}\n\n")


if __name__ == "__main__":
    main()
