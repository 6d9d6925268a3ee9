#!/usr/bin/env python3
"""Compares gscript's compiler with CPython 3.11's over whole folders of Python files.

    python3.11 tests/frontend/compile_all.py [--tool PROGRAM] [--positions] [PATH ...]

Build the other side first: cargo build --release -p gscript-compiler --examples
Without paths: the standard library of the running Python, with its test-suite. For each file both sides must
accept it or give the same error; codes must have the same names, parameters, local, captured and free variables.
With --positions the places of instructions that can raise are compared too.
"""

import argparse
import collections
import dis
import json
import os
import subprocess
import sys
import sysconfig
import types
import warnings

warnings.simplefilter("ignore")


def expected_codes(code):
    """CPython's code objects as compile_all.rs describes ours, by name and line."""
    found = collections.defaultdict(list)

    def walk(code):
        found[code.co_qualname, code.co_firstlineno].append(code)
        for const in code.co_consts:
            if isinstance(const, types.CodeType):
                walk(const)

    walk(code)
    return found


def facts_of(code):
    flags = code.co_flags
    parameters = [
        code.co_posonlyargcount,
        code.co_argcount,
        code.co_kwonlyargcount,
        bool(flags & 4),
        bool(flags & 8),
    ]
    is_optimized = flags & 1
    cells = set(code.co_cellvars)
    return {
        "args": parameters,
        "generator": bool(flags & (0x20 | 0x200)),
        "async": bool(flags & (0x80 | 0x200)),
        "nested": bool(flags & 0x10),
        "locals": set(code.co_varnames) | cells if is_optimized else set(),
        "cells": cells if is_optimized else set(),
        "free": list(code.co_freevars),
    }


def own_facts(code):
    return {
        "args": code["args"],
        "generator": code["generator"],
        "async": code["async"],
        "nested": code["nested"],
        "locals": set(code["locals"]),
        "cells": set(code["cells"]),
        "free": code["free"],
    }


def inside_async(code):
    return code["async"]


class Comparison:
    def __init__(self, with_positions):
        self.with_positions = with_positions
        self.files = self.codes = self.problems = self.refused = 0
        self.odd_positions = collections.Counter()
        self.shown = collections.Counter()
        self.all_positions = 0

    def complain(self, kind, path, text):
        self.problems += 1
        self.shown[kind] += 1
        if self.shown[kind] <= 20:
            print(f"{kind}: {path}: {text}")

    def file(self, path, answer):
        self.files += 1
        with open(path, "rb") as f:
            data = f.read()
        try:
            code, error = compile(data, path, "exec", dont_inherit=True), None
        except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
            code, error = None, e
        if "invalid" in answer:
            return self.complain("invalid", path, answer["invalid"])
        if error is not None:
            self.refused += 1
            if "error" not in answer:
                return self.complain("accepted", path, repr(error))
            return self.errors(path, error, answer)
        if "error" in answer:
            return self.complain("refused", path, answer["error"])
        self.compare_codes(path, expected_codes(code), answer["codes"])

    def errors(self, path, error, answer):
        if answer["stage"] != "compile":
            return
        expected = getattr(error, "msg", str(error))
        if expected != answer["error"]:
            return self.complain("message", path, f"{expected!r}, not {answer['error']!r}")
        place = [error.lineno, error.offset, error.end_lineno, error.end_offset]
        pairs = zip(place, answer["place"])
        if any(a != b for a, b in pairs if a is not None):
            self.complain("place", path, f"{expected!r}: {place}, not {answer['place']}")

    def compare_codes(self, path, expected, codes):
        seen = collections.Counter()
        async_names = {c["qualname"] for c in codes if c["async"]}
        for code in codes:
            self.codes += 1
            key = code["qualname"], code["line"]
            same = expected.get(key)
            if not same:
                # CPython drops codes in `if 0:` and the like.
                self.shown["unknown"] += 1
                if self.shown["unknown"] <= 5:
                    print("not in CPython's:", path, key)
                continue
            n = min(seen[key], len(same) - 1)
            seen[key] += 1
            facts = own_facts(code)
            matching = [c for c in same if facts_of(c) == facts]
            if not matching:
                wanted = facts_of(same[n])
                diff = {k: (wanted[k], facts[k]) for k in facts if wanted[k] != facts[k]}
                self.complain("facts", path, f"{key}: {diff}")
            elif self.with_positions:
                self.positions(path, key, same, code)
        for key in expected:
            if key not in seen and not any(key[0].startswith(a + ".<locals>") for a in async_names):
                self.complain("missing", path, f"no code {key}")

    def positions(self, path, key, same, code):
        wanted = collections.defaultdict(set)
        for c in same:
            for instruction in dis.get_instructions(c):
                wanted[instruction.opname].add(tuple(instruction.positions))
        for op, *place in code["ops"]:
            names = COUNTERPARTS.get(op)
            if names is None:
                continue
            self.all_positions += 1
            if not any(tuple(place) in wanted[name] for name in names):
                self.odd_positions[op] += 1
                if self.odd_positions[op] <= 4:
                    print(f"position: {path}: {key}: {op} {place}")


# Which of CPython's instructions have the place of one of ours.
COUNTERPARTS = {}


def counterparts(own, theirs):
    for name in own.split():
        COUNTERPARTS[name] = theirs.split()


counterparts("LoadGlobal LoadName", "LOAD_GLOBAL LOAD_NAME")
counterparts("StoreGlobal", "STORE_GLOBAL STORE_NAME DELETE_NAME")
counterparts("StoreName", "STORE_NAME STORE_GLOBAL")
counterparts("DelGlobal DelName", "DELETE_GLOBAL DELETE_NAME")
counterparts("CheckBound", "LOAD_FAST DELETE_FAST")
counterparts("CellGet FreeGet LoadClassFree", "LOAD_DEREF LOAD_CLASSDEREF")
counterparts("CellDel FreeDel", "DELETE_DEREF")
counterparts("GetAttr LoadMethod", "LOAD_ATTR LOAD_METHOD")
counterparts("SetAttr", "STORE_ATTR")
counterparts("DelAttr", "DELETE_ATTR")
counterparts("GetItem GetItemImm GetSlice", "BINARY_SUBSCR")
counterparts("SetItem", "STORE_SUBSCR")
counterparts("DelItem", "DELETE_SUBSCR")
counterparts("BuildSlice", "BUILD_SLICE")
counterparts(
    """Add Sub Mul MatMul Div FloorDiv Mod Pow LShift RShift BitAnd BitOr BitXor AddImm SubImm MulImm FloorDivImm
    ModImm BitAndImm LShiftImm RShiftImm IAdd ISub IMul IMatMul IDiv IFloorDiv IMod IPow ILShift IRShift IBitAnd
    IBitOr IBitXor IAddImm ISubImm""",
    "BINARY_OP",
)
counterparts("Neg", "UNARY_NEGATIVE")
counterparts("Pos", "UNARY_POSITIVE")
counterparts("Invert", "UNARY_INVERT")
counterparts("Not", "UNARY_NOT")
counterparts("Eq Ne Lt Le Gt Ge JumpIfEq JumpIfNe JumpIfLt JumpIfLe JumpIfGt JumpIfGe", "COMPARE_OP")
counterparts("JumpIfNotEq JumpIfNotNe JumpIfNotLt JumpIfNotLe JumpIfNotGt JumpIfNotGe", "COMPARE_OP")
counterparts("JumpIfEqImm JumpIfNeImm JumpIfLtImm JumpIfLeImm JumpIfGtImm JumpIfGeImm", "COMPARE_OP")
counterparts("JumpIfNotEqImm JumpIfNotNeImm JumpIfNotLtImm JumpIfNotLeImm JumpIfNotGtImm JumpIfNotGeImm", "COMPARE_OP")
counterparts("In NotIn JumpIfIn JumpIfNotIn", "CONTAINS_OP")
JUMPS = """POP_JUMP_FORWARD_IF_TRUE POP_JUMP_FORWARD_IF_FALSE POP_JUMP_BACKWARD_IF_TRUE POP_JUMP_BACKWARD_IF_FALSE
    JUMP_IF_TRUE_OR_POP JUMP_IF_FALSE_OR_POP"""
counterparts("JumpIfTrue JumpIfFalse", JUMPS)
counterparts("GetIter", "GET_ITER GET_AITER")
counterparts("ForIter", "FOR_ITER SEND")
counterparts("Unpack", "UNPACK_SEQUENCE")
counterparts("UnpackEx", "UNPACK_EX")
counterparts("Call CallMethod CallKw CallMethodKw CallEx", "CALL CALL_FUNCTION_EX")
counterparts("BuildSet SetAdd SetUpdate", "BUILD_SET SET_ADD SET_UPDATE")
counterparts("BuildDict DictSet DictUpdate DictMerge", "BUILD_MAP MAP_ADD DICT_UPDATE DICT_MERGE BUILD_CONST_KEY_MAP")
counterparts("ListExtend", "LIST_EXTEND CALL_FUNCTION_EX")
counterparts("Convert FormatValue FormatSpec", "FORMAT_VALUE")
counterparts("Yield", "YIELD_VALUE")
counterparts("Send", "SEND")
counterparts("GetYieldFromIter", "GET_YIELD_FROM_ITER GET_AWAITABLE")
counterparts("Raise", "RAISE_VARARGS")
counterparts("MatchExc", "CHECK_EXC_MATCH")
counterparts("WithEnter", "BEFORE_WITH BEFORE_ASYNC_WITH")
counterparts("WithExit", "CALL")
counterparts("WithExitExc", "WITH_EXCEPT_START")
counterparts("ImportName", "IMPORT_NAME")
counterparts("ImportFrom", "IMPORT_FROM")
counterparts("ImportStar", "IMPORT_STAR")


def python_files(paths):
    for path in paths:
        if os.path.isfile(path):
            yield path
        for folder, _, names in os.walk(path):
            if "lib2to3" in folder and "data" in folder:
                continue
            yield from (os.path.join(folder, n) for n in sorted(names) if n.endswith((".py", ".gs")))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tool", default="target/release/examples/compile_all")
    parser.add_argument("--positions", action="store_true")
    parser.add_argument("paths", nargs="*")
    args = parser.parse_args()
    files = list(python_files(args.paths or [sysconfig.get_path("stdlib")]))
    run = subprocess.run([args.tool], input="\n".join(files), capture_output=True, text=True)
    lines = run.stdout.splitlines()
    comparison = Comparison(args.positions)
    for path, line in zip(files, lines):
        comparison.file(path, json.loads(line))
    if len(lines) != len(files):
        comparison.complain("crash", files[len(lines)], run.stderr[-2000:])
    if args.positions:
        total = sum(comparison.odd_positions.values())
        print(f"{total} of {comparison.all_positions} positions are not among CPython's:", dict(comparison.odd_positions))
    print(
        f"{comparison.files} files ({comparison.refused} refused by CPython), {comparison.codes} codes, "
        f"{comparison.problems} problems {dict(comparison.shown)}"
    )
    return 1 if comparison.problems else 0


if __name__ == "__main__":
    sys.exit(main())
