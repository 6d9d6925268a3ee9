#!/usr/bin/env python3.11
"""Writes charmaps.rs: CPython 3.11's single-byte codecs and the other names of codecs.

python3.11 generate.py > charmaps.rs
"""
import importlib
import pkgutil
import sys
from encodings.aliases import aliases
import encodings

assert sys.version_info[:2] == (3, 11)

# What codec/mod.rs implements by itself.
OWN = {
    "utf_8": "Utf8", "utf_8_sig": "Utf8Sig", "ascii": "Ascii", "latin_1": "Latin1",
    "utf_16": "Utf16(None)", "utf_16_le": "Utf16(Some(ByteOrder::Little))", "utf_16_be": "Utf16(Some(ByteOrder::Big))",
    "utf_32": "Utf32(None)", "utf_32_le": "Utf32(Some(ByteOrder::Little))", "utf_32_be": "Utf32(Some(ByteOrder::Big))",
    "unicode_escape": "UnicodeEscape", "raw_unicode_escape": "RawUnicodeEscape",
}

tables = {}
for info in pkgutil.iter_modules(encodings.__path__):
    if info.name == "mbcs" or info.name == "oem":
        continue
    module = importlib.import_module("encodings." + info.name)
    table = getattr(module, "decoding_table", None)
    if isinstance(table, str) and info.name not in OWN:
        tables[info.name] = (module.getregentry().name, [ord(c) for c in table])

names = {name: f"Codec::{code}" for name, code in OWN.items()}
names["iso8859_1"] = "Codec::Latin1"
tables.pop("iso8859_1", None)
for at, name in enumerate(tables):
    names[name] = f"Codec::Charmap(&CHARMAPS[{at}])"
for alias, name in aliases.items():
    if name in names:
        names.setdefault(alias, names[name])

print("//! Single-byte codecs and the names of codecs. Written by `generate.py`; do not edit.")
print("#![cfg_attr(rustfmt, rustfmt_skip)]")
print()
print("use super::{ByteOrder, Charmap, Codec};")
print()
print("/// Single-byte codecs. U+FFFE marks a byte without meaning.")
print(f"pub static CHARMAPS: [Charmap; {len(tables)}] = [")
for name, (shown, table) in tables.items():
    assert len(table) == 256 and max(table) < 0x10000
    print(f"    Charmap {{ name: {shown!r}, ".replace("'", '"') + "table: [")
    for at in range(0, 256, 32):
        print("        " + " ".join(f"{cp:#x}," for cp in table[at : at + 32]))
    print("    ] },")
print("];")
print()
print("/// Normalised names in order, whether they are aliases, and what they name.")
print(f"pub static NAMES: [(&str, bool, Codec); {len(names)}] = [")
for name in sorted(names):
    print(f'    ("{name}", {str(name in aliases).lower()}, {names[name]}),')
print("];")
