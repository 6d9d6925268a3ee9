#!/usr/bin/env python3
"""Compares gscript's syntax trees with CPython 3.11's over whole folders of Python files.

    python3.11 tests/frontend/compare_ast.py [--dump PROGRAM] [PATH ...]

Build the other side first: cargo build --release -p gscript-grammar --examples
Without paths: the standard library of the running Python, with its test-suite. For each file both sides must
accept it and agree on all nodes, names, constants and positions, or both must refuse it.
"""

import argparse
import ast
import os
import struct
import subprocess
import sys
import sysconfig
import warnings

warnings.simplefilter("ignore")

OPERATORS = {
    "USub": "Neg", "UAdd": "Pos",
}


class Dumper:
    """Writes a tree exactly as grammar/examples/dump_ast.rs does."""

    def __init__(self, in_fstring=0):
        self.out = []
        self.in_fstring = in_fstring

    def open(self, node, kind=None):
        self.out.append("(" + (kind or type(node).__name__))
        if not self.in_fstring:
            self.out.append(f"@{node.lineno}:{node.col_offset}-{node.end_lineno}:{node.end_col_offset}")

    def word(self, word):
        self.out.append(" " + word)

    def name(self, name):
        self.word("-" if name is None else name)

    def many(self, nodes):
        self.out.append(" [")
        for node in nodes:
            self.node(node)
        self.out.append("]")

    def optional(self, node):
        if node is None:
            self.word("-")
        else:
            self.node(node)

    def node(self, node):
        getattr(self, "visit_" + type(node).__name__)(node)

    def operator(self, op):
        kind = type(op).__name__
        self.word(OPERATORS.get(kind, kind))

    def constant(self, value):
        if value is None or value is True or value is False or value is Ellipsis:
            self.word(str(value))
        elif isinstance(value, int):
            self.word(f"i{value:x}")
        elif isinstance(value, float):
            self.word("f" + struct.pack(">d", value).hex())
        elif isinstance(value, complex):
            self.word("c" + struct.pack(">d", value.imag).hex())
        elif isinstance(value, str):
            self.word("s" + value.encode("utf-8", "surrogatepass").hex())
        else:
            self.word("b" + value.hex())

    # Helpers of nodes that are not statements or expressions.

    def visit_keyword(self, node):
        self.open(node)
        self.name(node.arg)
        self.node(node.value)
        self.out.append(")")

    def visit_alias(self, node):
        self.open(node)
        self.name(node.name)
        self.name(node.asname)
        self.out.append(")")

    def visit_arg(self, node):
        self.out.append("(arg")
        self.name(node.arg)
        self.optional(node.annotation)
        self.out.append(")")

    def visit_arguments(self, node):
        self.out.append("(arguments")
        self.many(node.posonlyargs)
        self.many(node.args)
        self.many([node.vararg] if node.vararg else [])
        self.many(node.kwonlyargs)
        self.out.append(" [")
        for default in node.kw_defaults:
            self.optional(default)
        self.out.append("]")
        self.many([node.kwarg] if node.kwarg else [])
        self.many(node.defaults)
        self.out.append(")")

    def visit_comprehension(self, node):
        self.out.append("(comprehension")
        self.node(node.target)
        self.node(node.iter)
        self.many(node.ifs)
        self.word(str(node.is_async))
        self.out.append(")")

    def visit_withitem(self, node):
        self.out.append("(withitem")
        self.node(node.context_expr)
        self.optional(node.optional_vars)
        self.out.append(")")

    def visit_match_case(self, node):
        self.out.append("(match_case")
        self.node(node.pattern)
        self.optional(node.guard)
        self.many(node.body)
        self.out.append(")")

    def visit_ExceptHandler(self, node):
        self.open(node)
        self.optional(node.type)
        self.name(node.name)
        self.many(node.body)
        self.out.append(")")

    def visit_FormattedValue(self, node):
        self.out.append("(FormattedValue")
        self.node(node.value)
        self.word("-" if node.conversion < 0 else chr(node.conversion))
        self.out.append(" [")
        if node.format_spec is not None:
            self.fstring(node.format_spec.values)
        self.out.append("])")

    def fstring(self, values):
        for value in values:
            if isinstance(value, ast.Constant):
                self.constant(value.value)
            else:
                self.node(value)

    def visit_JoinedStr(self, node):
        self.open(node)
        self.in_fstring += 1
        self.fstring(node.values)
        self.in_fstring -= 1
        self.out.append(")")


def plain(kind, *parts):
    """A visitor from a list of (how, field)."""

    def visit(self, node):
        self.open(node)
        for how, field in parts:
            how(self, getattr(node, field))
        self.out.append(")")

    setattr(Dumper, "visit_" + kind, visit)


N, O, M, W, P = Dumper.node, Dumper.optional, Dumper.many, Dumper.name, Dumper.operator


def each(self, nodes):
    for node in nodes:
        self.node(node)


def words(self, names):
    for name in names:
        self.word(name)


def number(self, value):
    self.word(str(int(value)))


for kind in "Pass Break Continue".split():
    plain(kind)
plain("Expr", (N, "value"))
plain("Assign", (M, "targets"), (N, "value"))
plain("AugAssign", (N, "target"), (P, "op"), (N, "value"))
plain("AnnAssign", (N, "target"), (N, "annotation"), (O, "value"), (number, "simple"))
plain("Return", (O, "value"))
plain("Delete", (M, "targets"))
plain("Raise", (O, "exc"), (O, "cause"))
plain("Assert", (N, "test"), (O, "msg"))
plain("Global", (words, "names"))
plain("Nonlocal", (words, "names"))
plain("Import", (each, "names"))
plain("ImportFrom", (W, "module"), (each, "names"), (number, "level"))
plain("If", (N, "test"), (M, "body"), (M, "orelse"))
plain("While", (N, "test"), (M, "body"), (M, "orelse"))
for kind in "For AsyncFor".split():
    plain(kind, (N, "target"), (N, "iter"), (M, "body"), (M, "orelse"))
for kind in "With AsyncWith".split():
    plain(kind, (each, "items"), (M, "body"))
for kind in "Try TryStar".split():
    plain(kind, (M, "body"), (each, "handlers"), (M, "orelse"), (M, "finalbody"))
plain("Match", (N, "subject"), (each, "cases"))
for kind in "FunctionDef AsyncFunctionDef".split():
    plain(kind, (W, "name"), (N, "args"), (M, "body"), (M, "decorator_list"), (O, "returns"))
plain("ClassDef", (W, "name"), (M, "bases"), (M, "keywords"),
      (M, "body"), (M, "decorator_list"))
plain("MatchValue", (N, "value"))
plain("MatchSingleton", (Dumper.constant, "value"))
plain("MatchSequence", (M, "patterns"))
plain("MatchMapping", (M, "keys"), (M, "patterns"), (W, "rest"))
plain("MatchClass", (N, "cls"), (M, "patterns"), (words, "kwd_attrs"), (M, "kwd_patterns"))
plain("MatchStar", (W, "name"))
plain("MatchAs", (O, "pattern"), (W, "name"))
plain("MatchOr", (M, "patterns"))
plain("Constant", (Dumper.constant, "value"))
plain("Name", (W, "id"))
plain("BoolOp", (P, "op"), (M, "values"))
plain("NamedExpr", (lambda self, target: self.word(target.id), "target"), (N, "value"))
plain("BinOp", (N, "left"), (P, "op"), (N, "right"))
plain("UnaryOp", (P, "op"), (N, "operand"))
plain("Lambda", (N, "args"), (N, "body"))
plain("IfExp", (N, "test"), (N, "body"), (N, "orelse"))
for kind in "Set List Tuple".split():
    plain(kind, (M, "elts"))
for kind in "ListComp SetComp GeneratorExp".split():
    plain(kind, (N, "elt"), (each, "generators"))
plain("DictComp", (N, "key"), (N, "value"), (each, "generators"))
plain("Await", (N, "value"))
plain("Yield", (O, "value"))
plain("YieldFrom", (N, "value"))
plain("Call", (N, "func"), (M, "args"), (M, "keywords"))
plain("Attribute", (N, "value"), (W, "attr"))
plain("Subscript", (N, "value"), (N, "slice"))
plain("Starred", (N, "value"))
plain("Slice", (O, "lower"), (O, "upper"), (O, "step"))


def visit_Dict(self, node):
    self.open(node)
    for key, value in zip(node.keys, node.values):
        self.optional(key)
        self.node(value)
    self.out.append(")")


def visit_Compare(self, node):
    self.open(node)
    self.node(node.left)
    for op, value in zip(node.ops, node.comparators):
        self.operator(op)
        self.node(value)
    self.out.append(")")


Dumper.visit_Dict = visit_Dict
Dumper.visit_Compare = visit_Compare


def dump(source):
    """The tree as text, or an error line that begins with `!`."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None)
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        return f"!{type(error).__name__} {line} {message}"
    dumper = Dumper()
    for statement in tree.body:
        dumper.node(statement)
        dumper.out.append("\n")
    return "".join(dumper.out)


class Other:
    """gscript's side: one process that answers a file name with a tree."""

    def __init__(self, program):
        self.process = subprocess.Popen([program, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def dump(self, path):
        self.process.stdin.write(path.encode() + b"\n")
        self.process.stdin.flush()
        header = self.process.stdout.readline()
        if not header:
            raise SystemExit(f"gscript's side ended at {path}")
        length = int(header.rsplit(b" ", 1)[1])
        return self.process.stdout.read(length).decode("utf-8", "surrogatepass")


def files(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, names in sorted(os.walk(path)):
            for name in sorted(names):
                if name.endswith(".py") and "site-packages" not in folder:
                    yield os.path.join(folder, name)


def is_utf8(data):
    try:
        data.decode("utf-8")
        return True
    except UnicodeDecodeError:
        return False


def first_difference(ours, theirs):
    at = next((i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    return f"  gscript: …{ours[max(0, at - 80):at + 60]!r}\n  CPython: …{theirs[max(0, at - 80):at + 60]!r}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    here = os.path.dirname(os.path.abspath(__file__))
    program = os.path.join(here, "../../target/release/examples/dump_ast")
    parser.add_argument("--dump", default=program, help="the program dump_ast")
    parser.add_argument("paths", nargs="*")
    args = parser.parse_args()
    paths = args.paths or [sysconfig.get_path("stdlib")]
    other = Other(args.dump)
    counts = {"same tree": 0, "both refuse": 0, "DIFFERENT": 0, "ONLY ONE REFUSES": 0, "not UTF-8, skipped": 0,
              "other encoding, refused by gscript": 0}
    sys.setrecursionlimit(20000)
    for path in files(paths):
        with open(path, "rb") as file:
            data = file.read()
        if not is_utf8(data):
            counts["not UTF-8, skipped"] += 1
            continue
        theirs, ours = dump(data), other.dump(path)
        if " unknown encoding: " in ours[:80] and not theirs.startswith("!"):
            counts["other encoding, refused by gscript"] += 1
        elif ours.startswith("!") != theirs.startswith("!"):
            counts["ONLY ONE REFUSES"] += 1
            print(f"{path}\n  gscript: {ours[:150]!r}\n  CPython: {theirs[:150]!r}")
        elif theirs.startswith("!"):
            counts["both refuse"] += 1
        elif ours == theirs:
            counts["same tree"] += 1
        else:
            counts["DIFFERENT"] += 1
            print(path)
            print(first_difference(ours, theirs))
    for what, count in counts.items():
        print(f"{count:6} {what}")
    return counts["DIFFERENT"] + counts["ONLY ONE REFUSES"] > 0


if __name__ == "__main__":
    sys.exit(main())
