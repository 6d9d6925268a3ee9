#!/usr/bin/env python3.11
"""Writes data.rs: what CPython 3.11 (Unicode 14) knows about each code point.

Run with CPython 3.11 from this folder: python3.11 generate.py > data.rs
Everything is asked of `str` and `unicodedata`, so the tables hold CPython's answers, not a
reading of the Unicode files.
"""
import sys
import unicodedata

assert sys.version_info[:2] == (3, 11) and unicodedata.unidata_version == "14.0.0"

FLAGS = [
    # name, test
    ("ALPHA", str.isalpha),
    ("DECIMAL", str.isdecimal),
    ("DIGIT", str.isdigit),
    ("NUMERIC", str.isnumeric),
    ("SPACE", str.isspace),
    ("LOWER", str.islower),
    ("UPPER", str.isupper),
    # For one character istitle() also holds for capitals.
    ("TITLE", lambda c: c.istitle() and not c.isupper()),
    ("PRINTABLE", str.isprintable),
    ("ID_START", lambda c: c.isidentifier() and c != "_"),
    ("ID_CONTINUE", lambda c: ("a" + c).isidentifier()),
    # The two properties are not exposed; the rule for the final sigma and title() show them.
    ("CASE_IGNORABLE", lambda c: final_sigma("A" + c) and not final_sigma(c)),
    ("CASED", lambda c: (c + "a").title().endswith("a")),
    ("LINE_BREAK", lambda c: len(("a" + c + "a").splitlines()) == 2),
    ("EXTENDED", lambda c: any(len(m) > 1 for m in mappings(c))),
]
SHIFT = 7


def final_sigma(before):
    return (before + "\u03a3").lower().endswith("\u03c2")


def mappings(c):
    return c.upper(), c.lower(), c.title(), c.casefold()


def delta(c, mapped):
    return ord(mapped) - ord(c) if len(mapped) == 1 else 0


def record(c):
    flags = sum(1 << bit for bit, (_, test) in enumerate(FLAGS) if test(c))
    return (
        flags,
        *(delta(c, m) for m in mappings(c)),
        unicodedata.decimal(c, 255),
        unicodedata.digit(c, 255),
    )


def rows(items, per_line):
    items = list(items)
    for at in range(0, len(items), per_line):
        print("    " + " ".join(item + "," for item in items[at : at + per_line]))


def text(s):
    return "&[" + ", ".join(hex(ord(c)) for c in s) + "]"


records, numbers, index = [], {}, []
extended, numeric = [], []
for cp in range(0x110000):
    c = chr(cp)
    r = record(c)
    if r not in numbers:
        numbers[r] = len(records)
        records.append(r)
    index.append(numbers[r])
    if r[0] >> [name for name, _ in FLAGS].index("EXTENDED") & 1:
        extended.append((cp, mappings(c)))
    value = unicodedata.numeric(c, None)
    if value is not None:
        numeric.append((cp, value))

blocks, first = [], []
seen = {}
for at in range(0, len(index), 1 << SHIFT):
    block = tuple(index[at : at + (1 << SHIFT)])
    if block not in seen:
        seen[block] = len(blocks)
        blocks.append(block)
    first.append(seen[block])

print("//! What CPython 3.11 knows about each code point (Unicode 14). Written by `generate.py`; do not edit.")
print("#![cfg_attr(rustfmt, rustfmt_skip)]")
print("#![allow(clippy::all, reason = \"data\")]")
print()
print("use super::{Extended, Record};")
print()
for bit, (name, _) in enumerate(FLAGS):
    print(f"/// The flag of `{name.lower()}` in a [`Record`].")
    print(f"pub const {name}: u16 = 1 << {bit};")
print()
print("/// A block has `1 << SHIFT` code points.")
print(f"pub const SHIFT: u32 = {SHIFT};")
print("/// The block of a code point: `FIRST[cp >> SHIFT]`.")
print(f"pub static FIRST: [u16; {len(first)}] = [")
rows(map(str, first), 48)
print("];")
assert len(records) <= 256
print("/// The record of a code point: `SECOND[block << SHIFT | low bits]`.")
print(f"pub static SECOND: [u8; {len(blocks) << SHIFT}] = [")
rows((str(n) for block in blocks for n in block), 40)
print("];")
print("/// The distinct records.")
print(f"pub static RECORDS: [Record; {len(records)}] = [")
rows(
    (
        f"Record {{ flags: {r[0]}, upper: {r[1]}, lower: {r[2]}, title: {r[3]}, fold: {r[4]}, decimal: {r[5]}, digit: {r[6]} }}"
        for r in records
    ),
    1,
)
print("];")
print("/// Mappings to more than one code point, by code point.")
print(f"pub static EXTENDED_MAPPINGS: [(u32, Extended); {len(extended)}] = [")
rows(
    (
        f"({cp:#x}, Extended {{ upper: {text(u)}, lower: {text(l)}, title: {text(t)}, fold: {text(f)} }})"
        for cp, (u, l, t, f) in extended
    ),
    1,
)
print("];")
print("/// Numeric values, by code point.")
print(f"pub static NUMERIC_VALUES: [(u32, f64); {len(numeric)}] = [")
rows((f"({cp:#x}, {value!r})" for cp, value in numeric), 8)
print("];")
