"""bytes.decode, str.encode, names of codecs, repr and the escape codecs."""
import codecs
import encodings.aliases
import importlib
import pkgutil
import re
import warnings

from probe import a_char, a_text, case, expect, ok

warnings.simplefilter("ignore")

HANDLERS = ["strict", "ignore", "replace", "backslashreplace", "xmlcharrefreplace", "surrogateescape", "surrogatepass"]
UNICODE = ["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
CODECS = UNICODE + ["ascii", "latin-1", "cp1252", "koi8-r", "iso8859-15", "cp437", "unicode_escape", "raw_unicode_escape"]


def some_bytes(r, codec):
    kind = r.randrange(4)
    if kind == 0:
        return r.randbytes(r.randrange(12))
    if kind == 1:
        lead = b"\x00a\x7f\x80\xbf\xc0\xc1\xc2\xdf\xe0\xe1\xed\xef\xf0\xf1\xf4\xf5\xff\xa0\x9f\x90\x8f\xd8\xdc\xfe\xfe\xff"
        return bytes(r.choice(lead) for _ in range(r.randrange(12)))
    text = a_text(r)
    if "escape" in codec:
        text += r.choice(["\\", "\\x4", "\\u20ac", "\\U0010ffff", "\\U00110000", "\\N{EURO SIGN}", "\\N{", "\\N{}", "\\d"])
        text += a_text(r, 3) + r.choice(["", "\\7777", "\\uD8", "\\N{NO}", "\\N", "\\U0011", "\\"])
        return text.encode("utf-8", "surrogatepass")
    try:
        data = bytearray(text.encode(codec, "surrogatepass" if codec.startswith("utf") else "ignore"))
    except UnicodeError:
        return b""
    if data and r.random() < 0.6:
        data[r.randrange(len(data))] = r.randrange(256)
    if data and r.random() < 0.4:
        data.pop(r.randrange(len(data)))
    return bytes(data)


@case(120000)
def decode(r, count):
    for _ in range(count):
        codec, errors = r.choice(CODECS), r.choice(HANDLERS)
        data = some_bytes(r, codec)
        answer = expect(lambda: data.decode(codec, errors))
        if answer[1] == "TypeError":
            # The codec machinery wraps this error for most codecs; the caller's business.
            answer = ("error", "TypeError", re.sub(r"^decoding with .* \(TypeError: (.*)\)$", r"\1", answer[2]))
        yield "decode", (codec, data, errors), answer


PARTIAL = {
    "utf-8": codecs.utf_8_decode,
    "utf-16": codecs.utf_16_decode,
    "utf-16-le": codecs.utf_16_le_decode,
    "utf-16-be": codecs.utf_16_be_decode,
    "utf-32": codecs.utf_32_decode,
    "utf-32-le": codecs.utf_32_le_decode,
    "utf-32-be": codecs.utf_32_be_decode,
    "unicode_escape": codecs.unicode_escape_decode,
    "raw_unicode_escape": codecs.raw_unicode_escape_decode,
}


@case(60000)
def decode_partial(r, count):
    for _ in range(count):
        codec, errors = r.choice(list(PARTIAL)), r.choice(HANDLERS)
        data = some_bytes(r, codec)

        def answer():
            text, consumed = PARTIAL[codec](data, errors, False)
            return f"{consumed} {text}"

        yield "decode_partial", (codec, data, errors), expect(answer)


@case(80000)
def encode(r, count):
    for _ in range(count):
        codec, errors = r.choice(CODECS), r.choice(HANDLERS)
        text = a_text(r)
        if r.random() < 0.3:
            text += "".join(r.choice("\udc80\udcff\ud800a\u20ac\U0001f600") for _ in range(4))
        yield "encode", (codec, text, errors), expect(text.encode, codec, errors)
        text = "".join(r.choice("ab\u20ac\udc80") for _ in range(4))
        yield "encode", (codec, text, "namereplace"), expect(text.encode, codec, "namereplace")


@case(5000)
def codec_name(r, count):
    names = list(encodings.aliases.aliases) + CODECS + ["utf.8", "8859", "iso_8859_1.1987", "nope", "\u00e9", ""]
    charmaps = {codecs.lookup(c).name for c in CODECS}
    for info in pkgutil.iter_modules(encodings.__path__):
        if info.name in ("mbcs", "oem"):  # Windows only
            continue
        module = importlib.import_module("encodings." + info.name)
        if hasattr(module, "decoding_table"):
            charmaps.add(module.getregentry().name)
    for _ in range(count):
        name = r.choice(names)
        if r.random() < 0.7:
            name = "".join(r.choice([c, c.upper(), c if c not in "_-" else r.choice("-_ .:")]) for c in name)
        if r.random() < 0.2:
            name = r.choice([" ", "-", ""]) + name + r.choice([" ", "_", "x"])
        try:
            found = codecs.lookup(name)
        except (LookupError, ValueError, UnicodeError):
            yield "codec_name", (name,), ok("none")
            continue
        is_here = found.name in charmaps
        if is_here:
            yield "codec_name", (name,), ok(found.name)


@case(40000)
def str_repr(r, count):
    for _ in range(count):
        text = a_text(r, 20)
        yield "repr", (text,), ok(repr(text))
        yield "ascii", (text,), ok(ascii(text))
        yield "ascii_only", (text,), ok("".join(c if c.isascii() else ascii(c)[1:-1] for c in text))
    for cp in range(0x110000):
        yield "repr", (chr(cp),), ok(repr(chr(cp)))


@case(20000)
def bytes_repr(r, count):
    for _ in range(count):
        data = bytes(r.choice([r.randrange(256), ord(r.choice("'\"\\\n\ta"))]) for _ in range(r.randrange(10)))
        yield "bytes_repr", (data,), ok(repr(data))
        yield "escape_encode", (data,), ok(codecs.escape_encode(data)[0])


@case(40000)
def escape_decode(r, count):
    for _ in range(count):
        parts = ["\\", "x", "x4", "x41", "7", "777", "n", "\n", "'", "d", "\\\\", "\\x", "\\x4", "\xe9", "\\q"]
        data = "".join(r.choice(parts) for _ in range(r.randrange(8))).encode("latin-1")
        errors = r.choice(["strict", "ignore", "replace", "other"])
        yield "escape_decode", (data, errors), expect(lambda: codecs.escape_decode(data, errors)[0])
