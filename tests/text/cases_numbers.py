"""Integers, floats and complex numbers to text and back, and format()."""
import unicodedata

from probe import a_char, a_float, a_text, an_int, bits, case, expect, ok


@case(40000)
def float_repr(r, count):
    for _ in range(count):
        x = a_float(r)
        yield "float_repr", (x,), ok(repr(x))


@case(10000)
def float_hex(r, count):
    for _ in range(count):
        x = a_float(r)
        yield "float_hex", (x,), ok(x.hex())


@case(30000)
def float_fromhex(r, count):
    for _ in range(count):
        if r.random() < 0.3:
            text = a_float(r).hex()
        elif r.random() < 0.1:
            text = r.choice(["inf", "-nan", "infinity", "+Inf", "infin", "", "0x", "."])
        else:
            digits = lambda n: "".join(r.choice("0018f7c") for _ in range(n))
            text = r.choice(["", "-", "+"]) + r.choice(["0x", "0X", ""]) + digits(r.randrange(20))
            if r.random() < 0.7:
                text += "." + digits(r.randrange(24))
            if r.random() < 0.8:
                text += r.choice("pP") + r.choice(["", "-", "+"])
                text += str(r.choice([r.randrange(50), r.randrange(950, 1100), 10**30]))
        if r.random() < 0.1:
            text = r.choice([" ", "\n", "x"]) + text + r.choice([" ", "g", "\x1c"])
        yield "float_fromhex", (text,), expect(lambda: bits(float.fromhex(text)))


def number_text(r):
    text = ""
    for _ in range(r.randrange(1, 5)):
        text += r.choice(["1", "12", "0", "9" * r.randrange(1, 25), "_", ".", "e", "E5", "-", "+", "e-3", "\u0663", "7"])
    if r.random() < 0.1:
        text = r.choice(["inf", "nan", "Infinity", "-INF", "+nan", "infi", "nane", "0x10", "1__2"])
    if r.random() < 0.2:
        text = r.choice([" ", "\t\n", "\x1c", "\u00a0", "\x0b"]) + text + r.choice([" ", "\x85", "\u2003", "\x00", "x", ""])
    return text


@case(40000)
def float_parse(r, count):
    for _ in range(count):
        text = number_text(r) if r.random() < 0.7 else repr(a_float(r))
        answer = expect(lambda: bits(float(text)))
        yield "float_parse", (text, 1), answer if answer[0] == "ok" else ("error", "ValueError", "")
        raw = text.encode()
        answer = expect(lambda: bits(float(raw)))
        yield "float_parse", (raw, 0), answer if answer[0] == "ok" else ("error", "ValueError", "")


@case(40000)
def float_round(r, count):
    for _ in range(count):
        x = a_float(r)
        n = r.choice([r.randrange(-5, 12), r.randrange(-330, 340), 0])
        yield "round", (x, n), expect(lambda: bits(round(x, n)))


@case(10000)
def float_ratio(r, count):
    for _ in range(count):
        x = a_float(r)
        if abs(x) > 0 and x - x == 0:
            yield "ratio", (x,), ok("%d/%d" % x.as_integer_ratio())


@case(20000)
def int_text(r, count):
    for _ in range(count):
        n = an_int(r)
        for base, function in ((2, bin), (8, oct), (10, str), (16, hex)):
            yield "int_text", (n, base), ok(function(n))


@case(60000)
def int_parse(r, count):
    for _ in range(count):
        base = r.choice([10, 10, 0, 0, 2, 8, 16, r.randrange(1, 38)])
        kind = r.randrange(6)
        if kind == 0:
            text = str(an_int(r))
        elif kind == 1:
            text = r.choice([bin, oct, hex])(an_int(r))
        elif kind == 2:
            text = "".join(r.choice("0019_-+xXbBoOzZa \u0664") for _ in range(r.randrange(8)))
        elif kind == 3:
            text = r.choice(["", "-", "+"]) + r.choice(["0x", "0b", "0o", "0", "", "0X_"])
            text += "".join(r.choice("01017f_") for _ in range(r.randrange(30)))
        elif kind == 4:
            text = number_text(r)
        else:
            text = a_text(r, 4)
        if r.random() < 0.01:
            text = "1" * r.choice([640, 641, 4300, 4301]) + r.choice(["", "_", "x", " "])

        def answer():
            try:
                return hex(int(text, base))
            except ValueError as error:
                raise ValueError("invalid" if str(error).startswith("invalid literal") else str(error)) from None

        yield "int_parse", (text, base), expect(answer)


def a_spec(r, kinds):
    if r.random() < 0.02:
        return a_text(r, 5)
    spec = ""
    if r.random() < 0.4:
        spec += r.choice([r.choice("*0 x<"), a_char(r), ""]) + r.choice("<>=^")
    if r.random() < 0.3:
        spec += r.choice("+- ")
    if r.random() < 0.1:
        spec += "z"
    if r.random() < 0.2:
        spec += "#"
    if r.random() < 0.3:
        spec += "0"
    if r.random() < 0.6:
        spec += str(r.choice([r.randrange(20), r.randrange(60)]))
    if r.random() < 0.3:
        spec += r.choice([",", "_", ",", "_", ",_", "_,", ",,"])
    if r.random() < 0.4:
        spec += "." + r.choice([str(r.randrange(25)), str(r.randrange(5)), "", "\u0663"])
    if r.random() < 0.8:
        spec += r.choice(kinds)
    if r.random() < 0.02:
        spec += r.choice(["d", "\x00", "\u20ac", "99999999999999999999", "\ud800", "\x7f"])
    return spec


@case(60000)
def format_int(r, count):
    for _ in range(count):
        n, spec = an_int(r), a_spec(r, "bcdoxXneEfFgG%dddxs")
        if r.random() < 0.2:
            n = r.randrange(0x120000)
        yield "format_int", (n, spec), expect(format, n, spec)
    for n in (10**4299, 10**4300, 10**309, 2**1024 - 1, 2**1024 - 2**970, 2**1024 - 2**970 - 1):
        for spec in ("d", ",", "x", "e", ".3f", "", "n"):
            yield "format_int", (n, spec), expect(format, n, spec)


@case(80000)
def format_float(r, count):
    for _ in range(count):
        x, spec = a_float(r), a_spec(r, "eEfFgGn%fegs")
        yield "format_float", (x, spec), expect(format, x, spec)
    for spec in (".1200f", ".1200e", ".1200g", "#.1200g", ".99999999999f", ".2000%"):
        for x in (0.1, 1e300, 5e-324, 0.0, 123.0):
            yield "format_float", (x, spec), expect(format, x, spec)


@case(40000)
def format_complex(r, count):
    for _ in range(count):
        x, y, spec = a_float(r), a_float(r), a_spec(r, "eEfFgGn%f")
        x = r.choice([x, 0.0, -0.0])
        yield "format_complex", (x, y, spec), expect(format, complex(x, y), spec)


@case(40000)
def format_str(r, count):
    for _ in range(count):
        text, spec = a_text(r), a_spec(r, "sssssssdx")
        yield "format_str", (text, spec), expect(format, text, spec)


@case(1)
def ctype(r, count):
    tests = (str.isalpha, str.isdecimal, str.isdigit, str.isnumeric, str.isspace, str.islower, str.isupper)
    tests += (str.isprintable, str.isalnum)
    for cp in range(0x110000):
        c = chr(cp)
        flags = "".join("1" if test(c) else "0" for test in tests)
        values = [get(c, None) for get in (unicodedata.decimal, unicodedata.digit, unicodedata.numeric)]
        values = " ".join("none" if v is None else rust_float(float(v)) for v in values)
        yield "ctype", (cp,), ok(f"{flags} {values}")


def rust_float(x):
    """repr(x) as Rust's {:?} writes it."""
    return repr(x).replace("e+", "e") if "e" not in repr(x) or "." in repr(x) else repr(x).replace("e+", "e")


@case(5000)
def utf8(r, count):
    for _ in range(count):
        text = a_text(r, r.choice([5, 50, 600]))
        index = r.randrange(len(text) + 2)
        at = ord(text[index]) if index < len(text) else -1
        valid = not any("\ud800" <= c <= "\udfff" for c in text)
        flags = f"{str(text.isascii()).lower()} {str(valid).lower()}"
        yield "utf8", (text, index), ok(f"{len(text)} {at} {flags}")
