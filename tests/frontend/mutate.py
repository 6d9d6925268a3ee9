#!/usr/bin/env python3
"""Damages valid files at random and compares gscript's verdict with CPython 3.11's.

    python3.11 tests/frontend/mutate.py [--count 2000] [--seed 1] [--dump PROGRAM] [--show N] [PATH ...]

Each file gets one mutation: a token deleted, doubled, swapped with the next or replaced by another one, or a
character, an indentation or a bracket damaged. Only the grammar counts (`ast.parse`), not the compiler's checks.
Accepting or refusing must agree for all; the figures say how often line and message of the error agree.
"""

import argparse
import io
import os
import random
import sys
import tempfile
import tokenize
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from compare_ast import Other, dump, files  # noqa: E402
import sysconfig  # noqa: E402

warnings.simplefilter("ignore")

SKIPPED = {tokenize.NL, tokenize.COMMENT, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
           tokenize.ENDMARKER, tokenize.ENCODING}
CHARACTERS = "()[]{}:;,.=+-*/%@<>!&|^~'\"#\\ \t\n01_ajx$?`é²"


def offsets(text):
    """The offset each line begins at."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def tokens(text):
    """Start and end of each token that is more than layout."""
    starts = offsets(text)
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in SKIPPED:
            (row, column), (end_row, end_column) = token.start, token.end
            found.append((starts[row - 1] + column, starts[end_row - 1] + end_column))
    return found


def mutate(text, rng):
    kind = rng.choice(["delete", "delete", "double", "swap", "replace", "replace", "character", "character",
                       "indent", "bracket"])
    if kind == "character":
        at = rng.randrange(len(text))
        how = rng.randrange(3)
        new = rng.choice(CHARACTERS)
        return text[:at] + (new if how else "") + text[at + (how != 1):]
    if kind == "indent":
        starts = offsets(text)
        start = rng.choice(starts[:-1])
        how = rng.randrange(4)
        if how == 0:
            return text[:start] + rng.choice([" ", "  ", "    ", "\t"]) + text[start:]
        stripped = text[start:].lstrip(" ")
        removed = len(text) - start - len(stripped)
        keep = rng.randrange(removed + 1) if removed else 0
        return text[:start] + " " * keep + stripped
    found = tokens(text)
    if len(found) < 2:
        return text
    if kind == "bracket":
        found = [(a, b) for a, b in found if text[a:b] in "()[]{}"] or found
        a, b = rng.choice(found)
        return text[:a] + rng.choice(["", "(", ")", "[", "]", "{", "}"]) + text[b:]
    index = rng.randrange(len(found) - 1)
    (a, b), (c, d) = found[index], found[index + 1]
    if kind == "delete":
        return text[:a] + text[b:]
    if kind == "double":
        return text[:b] + " " + text[a:]
    if kind == "swap":
        return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    e, f = rng.choice(found)
    return text[:a] + text[e:f] + text[b:]


def verdict(text):
    """None for a tree, else line and message of the first error."""
    if not text.startswith("!"):
        return None
    _, line, *rest = text.splitlines()[0].split(" ", 2)
    return line, rest[0] if rest else ""


def ours(text):
    if not text.startswith("!"):
        return None
    _, line, _, *rest = text.splitlines()[0].split(" ", 3)
    return line, rest[0] if rest else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--dump", default=os.path.join(here, "../../target/release/examples/dump_ast"))
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--times", type=int, default=1, help="mutations a file")
    parser.add_argument("--show", type=int, default=20, help="how many differing messages to print")
    parser.add_argument("--keep", help="a folder for the files whose verdict differs")
    parser.add_argument("paths", nargs="*")
    args = parser.parse_args()
    rng = random.Random(args.seed)
    paths = [path for path in files(args.paths or [sysconfig.get_path("stdlib")]) if 500 < os.path.getsize(path) < 30000]
    other = Other(args.dump)
    counts = dict.fromkeys("total valid refused verdict line message".split(), 0)
    texts = {}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "mutated.py")
        while counts["total"] < args.count:
            source = rng.choice(paths)
            if source not in texts:
                with open(source, "rb") as file:
                    data = file.read()
                try:
                    text = data.decode("utf-8").replace("\r\n", "\n")
                    tokens(text)
                    usable = dump(data)[:1] != "!" and not other.dump(source).startswith("!")
                except (UnicodeDecodeError, tokenize.TokenError, SyntaxError):
                    usable = False
                texts[source] = text if usable else None
            text = texts[source]
            if text is None:
                continue
            mutated = text
            for _ in range(args.times):
                try:
                    mutated = mutate(mutated, rng)
                except (tokenize.TokenError, SyntaxError):
                    break
            mutated = mutated.encode("utf-8", "surrogatepass")
            with open(path, "wb") as file:
                file.write(mutated)
            counts["total"] += 1
            expected, found = verdict(dump(mutated)), ours(other.dump(path))
            if (expected is None) != (found is None):
                counts["verdict"] += 1
                print(f"VERDICT differs: {source} #{counts['total']}: CPython {expected}, gscript {found}")
                if args.keep:
                    with open(os.path.join(args.keep, f"{args.seed}-{counts['total']}.py"), "wb") as file:
                        file.write(mutated)
                continue
            if expected is None:
                counts["valid"] += 1
                continue
            counts["refused"] += 1
            same_line, same_message = expected[0] == found[0], expected[1] == found[1]
            counts["line"] += same_line
            counts["message"] += same_line and same_message
            if not (same_line and same_message) and args.show > 0:
                args.show -= 1
                number = int(expected[0])
                lines = mutated.decode("utf-8", "replace").splitlines()
                place = "\n".join(lines[max(0, number - 2):number + 1])
                print(f"--- {source} #{counts['total']}\n CPython {expected}\n gscript {found}\n{place}")
    refused = max(1, counts["refused"])
    print(f"{counts['total']} files, {counts['valid']} still valid, {counts['refused']} refused by both")
    print(f"verdict differs: {counts['verdict']}")
    print(f"same line: {100 * counts['line'] / refused:.1f} %, same line and message: "
          f"{100 * counts['message'] / refused:.1f} %")
    return counts["verdict"] > 0


if __name__ == "__main__":
    sys.exit(main())
