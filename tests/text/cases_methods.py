"""Methods of str and bytes: case, predicates, search, splitting, filling."""
from probe import a_char, a_text, case, expect, ok

MAPPINGS = ["upper", "lower", "title", "capitalize", "swapcase", "casefold"]
PREDICATES = "alpha digit decimal numeric alnum space lower upper title identifier printable".split()
LETTERS = "aB \u03a3\u0391\u03c3\u00df\u01c5\u01c4\u0130\u0131'\u0345\u00ad.\ufb01\u1e9e\u02b0\u0149\U00010400\u0307\u10d0\u1c90 1"


def word(kind):
    return (kind.__name__,)


def cased_text(r):
    if r.random() < 0.2:
        return a_text(r)
    alphabet = LETTERS if r.random() < 0.7 else "aB \u03a3A.1"
    return "".join(r.choice(alphabet) for _ in range(r.randrange(10)))


def some_bytes(r):
    alphabet = r.choice([b"ab A1\t\n\r", b"aB Cd", bytes(range(256))])
    return bytes(r.choice(alphabet) for _ in range(r.randrange(12)))


@case(60000)
def mappings(r, count):
    for _ in range(count):
        text = cased_text(r)
        name = r.choice(MAPPINGS)
        yield name, (word(str), text), ok(getattr(text, name)())
        data = some_bytes(r)
        name = r.choice(["title", "capitalize", "swapcase"])
        yield name, (word(bytes), data), ok(getattr(data, name)())
    for cp in range(0x110000):
        c = chr(cp)
        if c.lower() != c or c.upper() != c or c.title() != c or c.casefold() != c or c.isalpha() and cp < 0x3000:
            for name in MAPPINGS:
                yield name, (word(str), c), ok(getattr(c, name)())
                yield name, (word(str), "a" + c + "A"), ok(getattr("a" + c + "A", name)())


@case(80000)
def predicates(r, count):
    for _ in range(count):
        name = "is" + r.choice(PREDICATES)
        pool = r.choice(["a1_", "\u00b2\u00bd\u06631", "aB\u01c5\u02b0 ", " \t\x1c\u2003\x85"])
        text = "".join(r.choice(pool) for _ in range(r.randrange(4))) if r.random() < 0.6 else a_text(r, 3)
        yield name, (word(str), text), ok(str(getattr(text, name)()))
        name = "is" + r.choice("alpha digit alnum space lower upper title".split())
        data = some_bytes(r)[: r.randrange(5)]
        yield name, (word(bytes), data), ok(str(getattr(data, name)()))
    for cp in range(0x110000):
        c = chr(cp)
        yield "isidentifier", (word(str), c), ok(str(c.isidentifier()))
        if cp < 0x20000:
            yield "istitle", (word(str), c + "a"), ok(str((c + "a").istitle()))
            yield "isidentifier", (word(str), "a" + c), ok(str(("a" + c).isidentifier()))


def subject(r, kind):
    """A subject and a function that makes small pieces of the same kind."""
    alphabet = r.choice(["ab", "ab\u00e9", "a \t\n", " \x1c\u00a0\u2003x\x85", "a\r\n\x0b\x1d\u2028\u2029\x85\u00e9"])
    piece = lambda n: "".join(r.choice(alphabet) if r.random() < 0.97 else a_char(r) for _ in range(n))
    text = piece(r.choice([r.randrange(12), r.randrange(200)]))
    if kind is str:
        return text, piece
    return text.encode("latin-1", "ignore"), lambda n: piece(n).encode("latin-1", "ignore")


def listed(parts):
    if parts and isinstance(parts[0], str):
        return ok("".join(f"[{part}]" for part in parts))
    return ok(b"".join(b"[%b]" % part for part in parts))


@case(60000)
def search(r, count):
    for _ in range(count):
        kind = r.choice([str, bytes])
        content, piece = subject(r, kind)
        needle = piece(r.choice([0, 1, 1, 2, 3, 5]))
        for name in ("find", "rfind", "count"):
            yield name, (word(kind), content, needle), ok(str(getattr(content, name)(needle)))
        new, times = piece(r.randrange(4)), r.choice([-1, 0, 1, 2, 5])
        yield "replace", (word(kind), content, needle, new, times), ok(content.replace(needle, new, times))
        if needle:
            yield "split", (word(kind), content, needle, times), listed(content.split(needle, times))
            yield "rsplit", (word(kind), content, needle, times), listed(content.rsplit(needle, times))


@case(60000)
def split_and_strip(r, count):
    for _ in range(count):
        kind = r.choice([str, bytes])
        content, piece = subject(r, kind)
        times, keep = r.choice([-1, 0, 1, 2, 5]), r.random() < 0.5
        yield "split_space", (word(kind), content, times), listed(content.split(None, times))
        yield "rsplit_space", (word(kind), content, times), listed(content.rsplit(None, times))
        yield "splitlines", (word(kind), content, keep), listed(content.splitlines(keep))
        name = r.choice(["strip", "lstrip", "rstrip"])
        yield name, (word(kind), content), ok(getattr(content, name)())
        chars = piece(r.randrange(4))
        yield "strip_set", (word(kind), content, (name,), chars), ok(getattr(content, name)(chars))
    for cp in range(0x110000):
        text = "a" + chr(cp) + "a"
        if not 0xD800 <= cp < 0xE000 and (cp < 0x4000 or cp % 97 == 0):
            yield "split_space", (word(str), text, -1), listed(text.split())
            yield "splitlines", (word(str), text, 0), listed(text.splitlines())


@case(40000)
def filling(r, count):
    for _ in range(count):
        kind = r.choice([str, bytes])
        content, piece = subject(r, kind)
        content = content[: r.randrange(20)]
        if r.random() < 0.3:
            content = (piece(0) + content)[:0] + ("-" if kind is str else b"-") + content
        width = r.randrange(-3, 30)
        name = r.choice(["center", "ljust", "rjust"])
        fill = a_char(r) if kind is str else r.randbytes(1)
        yield name, (word(kind), content, max(width, 0), fill), ok(getattr(content, name)(width, fill))
        yield "zfill", (word(kind), content, max(width, 0)), ok(content.zfill(width))
        tabbed = content.replace(content[:1], content[:0] + ("\t" if kind is str else b"\t"))
        size = r.randrange(-1, 10)
        yield "expandtabs", (word(kind), tabbed, size), ok(tabbed.expandtabs(size))


@case(30000)
def bytes_only(r, count):
    for _ in range(count):
        data = r.randbytes(r.randrange(10))
        table, delete = r.choice([None, r.randbytes(256)]), r.randbytes(r.randrange(3)) + data[:1]
        yield "translate", (word(bytes), data, table or b"", delete), ok(data.translate(table, delete))
        group = r.choice([1, 1, -1, 2, -2, 3, -3, 20, 0])
        separator = r.choice(b": -")
        yield "hex", (word(bytes), data, bytes([separator]), group), ok(data.hex(bytes([separator]), group))
        yield "hex", (word(bytes), data, b"", 1), ok(data.hex())
        text = "".join(r.choice(["00", "ff", "Ab", " ", "\n", "0", "g", "\u00e9", "\x1c"]) for _ in range(r.randrange(6)))
        yield "fromhex", (word(str), text), expect(bytes.fromhex, text)
