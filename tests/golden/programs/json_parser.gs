# A JSON parser and writer written in the language, compared with the json module.

import json

class ParseError(ValueError): pass
def parse(text):
    pos = 0
    def fail(msg): raise ParseError(f"{msg} at {pos}")
    def skip():
        nonlocal pos
        while pos < len(text) and text[pos] in " \t\r\n": pos += 1
    def expect(c):
        nonlocal pos
        if not text.startswith(c, pos): fail(f"expected {c!r}")
        pos += len(c)
    def value():
        nonlocal pos
        skip()
        if pos == len(text): fail("unexpected end")
        c = text[pos]
        if c == "{":
            pos += 1
            out = {}
            skip()
            if text[pos:pos + 1] == "}":
                pos += 1
                return out
            while True:
                skip()
                if text[pos:pos + 1] != '"': fail("expected a key")
                k = string()
                skip(); expect(":")
                out[k] = value()
                skip()
                if text[pos:pos + 1] == ",":
                    pos += 1
                    continue
                expect("}")
                return out
        if c == "[":
            pos += 1
            out = []
            skip()
            if text[pos:pos + 1] == "]":
                pos += 1
                return out
            while True:
                out.append(value())
                skip()
                if text[pos:pos + 1] == ",":
                    pos += 1
                    continue
                expect("]")
                return out
        if c == '"': return string()
        for word, v in (("true", True), ("false", False), ("null", None)):
            if text.startswith(word, pos):
                pos += len(word)
                return v
        return number()
    def string():
        nonlocal pos
        pos += 1
        out = []
        while True:
            if pos >= len(text): fail("unterminated string")
            c = text[pos]
            pos += 1
            if c == '"': return "".join(out)
            if c < " ": fail("control character")
            if c != "\\":
                out.append(c)
                continue
            c = text[pos:pos + 1]
            pos += 1
            if c == "u":
                out.append(chr(int(text[pos:pos + 4], 16)))
                pos += 4
            elif c in '"\\/bfnrt' and c:
                out.append(dict(zip('"\\/bfnrt', '"\\/\b\f\n\r\t'))[c])
            else:
                fail("bad escape")
    def number():
        nonlocal pos
        start = pos
        while pos < len(text) and text[pos] in "+-0123456789.eE": pos += 1
        s = text[start:pos]
        if not s:
            pos = start
            fail("expected a value")
        try:
            return float(s) if any(c in s for c in ".eE") else int(s)
        except ValueError:
            pos = start
            fail(f"bad number {s!r}")
    v = value()
    skip()
    if pos != len(text): fail("extra text")
    return v
def dump(v):
    match v:
        case None: return "null"
        case bool(): return str(v).lower()
        case int() | float(): return repr(v)
        case str(): return '"' + "".join({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(c) or (c if " " <= c < "\x7f" else f"\\u{ord(c):04x}") for c in v) + '"'
        case list() | tuple(): return "[" + ", ".join(map(dump, v)) + "]"
        case dict(): return "{" + ", ".join(f"{dump(k)}: {dump(x)}" for k, x in v.items()) + "}"
        case _: raise TypeError(f"cannot write {type(v).__name__}")
docs = ['{"a": [1, 2.5, -3e2, true, null], "b": {"c": "x\\n\\u00e9"}, "d": []}', "[]", "{}", ' [ {"k" : [ [ ] ] } ] ', '"text"', "-0.5", "[1e3, 1E-2, 0]"]
for d in docs:
    v = parse(d)
    print(v, v == json.loads(d), dump(v) == json.dumps(v))
for bad in ("", "[1,", "[1 2]", '{"a" 1}', '{1: 2}', '"abc', "tru", "[1]]", '"\\q"', "{", "--1", "[,]", '"\t"'):
    try:
        print(parse(bad))
    except ParseError as e:
        print(repr(bad), "->", e)
try:
    dump({1, 2})
except TypeError as e:
    print(e)
