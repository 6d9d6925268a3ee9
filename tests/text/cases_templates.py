"""% formatting, templates of str.format, and the text of complex numbers."""
import _string

from cases_numbers import number_text
from probe import a_char, a_float, a_text, an_int, bits, case, expect, ok


class Keys(dict):
    """A mapping in which each key's value is its length."""

    def __missing__(self, key):
        return len(key)


def a_field(r, conversions="diuoxXeEfFgGcsrad"):
    text = "%"
    if r.random() < 0.12:
        text += r.choice(["(abc)", "(a(b))", "()", "(a", "((a)"])
    text += "".join(r.choice("-+ #0") for _ in range(r.choice([0, 0, 1, 2])))
    text += r.choice(["", "", "5", "12", "3", "*", str(2**63), str(2**63 - 1) + "0"] if r.random() < 0.1 else ["", "6", "14"])
    if r.random() < 0.4:
        text += "." + r.choice(["", "0", "1", "3", "10", "*"] + (["2147483648", "21474836470"] if r.random() < 0.1 else []))
    if r.random() < 0.05:
        text += r.choice("hlL")
    if r.random() < 0.03:
        return text
    return text + (r.choice(conversions) if r.random() < 0.95 else r.choice("%yb\x1f~\x7f\u00e9k"))


@case(80000)
def percent(r, count):
    for _ in range(count):
        kind = r.choice([str, bytes])
        is_mapping = r.random() < 0.2
        fields = [r.choice(["x", "%%", "\u00e9", a_field(r), a_field(r)]) for _ in range(r.randrange(1, 4))]
        if is_mapping:
            # A mapping has no next value that the probe could know.
            fields = ["%(abc)" + f[1:] if f[0] == "%" and f != "%%" and f[1:2] != "(" else f for f in fields]
        template = "".join(fields)
        if kind is bytes:
            # Integers have no %b and %s in bytes.
            template = template.replace("b", "x").replace("s", "r")
        stars = template.count("*") + template.count("%") - 2 * template.count("%%")
        values = [r.randrange(1, 100) for _ in range(max(0, stars + r.choice([0, 0, 0, 0, -1, 1])))]
        if kind is bytes:
            template = template.encode("latin-1")
        argument = Keys() if is_mapping else tuple(values)
        if is_mapping:
            values = []
        answer = expect(lambda: template % argument)
        if kind is bytes and answer[0] == "error" and (answer[2] == "" or answer[1] == "OverflowError"):
            continue
        yield "percent", ((kind.__name__,), template, int(is_mapping), *values), answer


def a_layout(r):
    text = "%" + "".join(r.choice("-+ #0") for _ in range(r.choice([0, 1, 2])))
    text += r.choice(["", str(r.randrange(1, 30))])
    return text + r.choice(["", "." + str(r.randrange(25)), "."])


@case(60000)
def percent_number(r, count):
    for _ in range(count):
        template, x = a_layout(r) + r.choice("eEfFgG"), a_float(r)
        yield "percent_float", (("str",), template, x), expect(lambda: template % x)
        raw = template.encode()
        yield "percent_float", (("bytes",), raw, x), expect(lambda: raw % x)
        template, n = a_layout(r) + r.choice("diuxXo"), an_int(r)
        yield "percent_int", (("str",), template, n), expect(lambda: template % n)
    for n in (10**4299, 10**4300):
        for template in ("%d", "%x"):
            yield "percent_int", (("str",), template, n), expect(lambda: template % n)


@case(20000)
def percent_text(r, count):
    for _ in range(count):
        template, text = a_layout(r) + "s", a_text(r)
        yield "percent_text", (("str",), template, text), expect(lambda: template % text)
        raw, data = template.encode(), text.encode("utf-8", "surrogatepass")
        yield "percent_text", (("bytes",), raw, data), expect(lambda: raw % data)


def a_template(r):
    tokens = ["{", "}", "{{", "}}", "a", "[", "]", "!", ":", "!r", ".b", "0", "{}", "{a}", "{0[x]:>{w}}", "\u00e9", "{!s}", "\ud800"]
    return "".join(r.choice(tokens) for _ in range(r.randrange(8)))


@case(80000)
def format_segments(r, count):
    def answer(template):
        out = ""
        for literal, name, spec, conversion in _string.formatter_parser(template):
            out += f"[{literal}]"
            if name is not None:
                out += f"[{name}][{spec}]{conversion or ''}"
        return out

    for _ in range(count):
        template = a_template(r)
        yield "format_segments", (template,), expect(answer, template)


@case(40000)
def format_name(r, count):
    def answer(name):
        first, rest = _string.formatter_field_name_split(name)
        out = f"{first};" if isinstance(first, int) else f"k{first};"
        for is_attribute, key in rest:
            out += ("a" if is_attribute else "" if isinstance(key, int) else "k") + f"{key};"
        return out

    tokens = ["a", ".", "[", "]", "[0]", "0", "12", ".b", "[x]", "\u0663", "\u00e9", "99999999999999999999", "-1", " "]
    for _ in range(count):
        name = "".join(r.choice(tokens) for _ in range(r.randrange(6)))
        yield "format_name", (name,), expect(answer, name)


@case(5000)
def format_numbers(r, count):
    for _ in range(count):
        template = "".join(r.choice(["{}", "{}", "{0}", "{3}", "{a}"]) for _ in range(r.randrange(6)))
        yield "format_numbers", (template,), expect(lambda: template.format(*range(10), a="a"))
    for cp in [*range(1, 0x300), 0x20AC, 0x1F600]:
        if chr(cp) not in "rsa:}":
            yield "format_conversion", (cp,), expect(("{!" + chr(cp) + "}").format, 1)


@case(30000)
def complex_repr(r, count):
    for _ in range(count):
        re, im = (r.choice([a_float(r), 0.0, -0.0]) for _ in "ab")
        yield "complex_repr", (re, im), ok(repr(complex(re, im)))


@case(60000)
def complex_parse(r, count):
    def answer(text):
        try:
            z = complex(text)
        except ValueError as error:
            raise ValueError("underscore" if str(error).startswith("could not") else str(error)) from None
        return bits(z.real) + bits(z.imag)

    for _ in range(count):
        text = "".join(r.choice([number_text(r).strip(), "1", "+", "-", "j", "J", "2.5", "e3"]) for _ in range(r.randrange(5)))
        if r.random() < 0.3:
            text = repr(complex(a_float(r), a_float(r)))
        if r.random() < 0.2:
            text = r.choice(["(", " ", "( ", "\u2003"]) + text + r.choice([")", " ", " )", ")\n", ""])
        yield "complex_parse", (text,), expect(answer, text)
