"""How questions are put to the probe, and random texts and numbers to ask about."""
import math
import struct

CASES = {}


def case(count):
    """Registers a generator of (question, arguments, expected answer)."""

    def register(function):
        CASES[function.__name__] = (function, count)
        return function

    return register


def bits(x):
    """A float as the probe takes it: sixteen hexadecimal digits."""
    if x != x:
        return "7ff8000000000000"
    return struct.pack(">d", x).hex()


class Float(float):
    """A float argument."""


def encode(question, arguments):
    words = [question]
    for argument in arguments:
        if isinstance(argument, str):
            words.append(argument.encode("utf-8", "surrogatepass").hex())
        elif isinstance(argument, (bytes, bytearray)):
            words.append(argument.hex())
        elif isinstance(argument, bool):
            words.append(str(int(argument)))
        elif isinstance(argument, float):
            words.append(bits(argument))
        elif isinstance(argument, tuple):  # a plain word
            words.append(argument[0])
        elif abs(argument) < 2**62:
            words.append(str(argument))
        else:  # hexadecimal has no limit on digits
            words.append(f"{argument:#x}")
    return "\t".join(words)


def decode(answer):
    kind, *rest = answer.split("\t")
    if kind == "ok":
        return ("ok", bytes.fromhex(rest[0]))
    return ("error", rest[0], bytes.fromhex(rest[1]).decode("utf-8", "surrogatepass"))


def expect(function, *arguments):
    """What `function` gives: a str or bytes, or the exception."""
    try:
        result = function(*arguments)
    except (ValueError, TypeError, OverflowError) as error:
        return ("error", type(error).__name__, str(error))
    return ok(result)


def ok(result):
    if isinstance(result, str):
        result = result.encode("utf-8", "surrogatepass")
    return ("ok", bytes(result))


SPECIAL = [0.0, 1.0, 0.5, 1.5, 2.5, 0.1, 1e15, 1e16, 1e17, 1e22, 1e23, 1e-4, 1e-5, 9.5, 99.5, 0.05, 123456789.0]
SPECIAL += [float("inf"), float("nan"), 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e100, 9007199254740993.0]


def a_float(r):
    kind = r.randrange(10)
    if kind == 0:
        x = r.choice(SPECIAL)
    elif kind == 1:
        x = struct.unpack(">d", r.randbytes(8))[0]
    elif kind == 2:
        x = round(r.uniform(-1000, 1000), r.randrange(6))
    elif kind == 3:
        x = r.randrange(-(10**6), 10**6) / 2 ** r.randrange(12)
    elif kind == 4:
        x = float(r.randrange(10 ** r.randrange(1, 25)))
    elif kind == 5:
        x = r.uniform(-1, 1) * 10.0 ** r.randrange(-12, 25)
    elif kind == 6:
        x = float(f"{r.randrange(1000)}e{r.randrange(-20, 25)}")
    elif kind == 7:
        x = r.random()
    elif kind == 8:
        # Beside powers of two, where neighbours are unevenly far.
        x = math.ldexp(1.0, r.choice([r.randrange(-60, 60), r.randrange(-1074, 1024)]))
        x = math.nextafter(x, r.choice([0.0, x, math.inf]))
    else:
        # Beside ties of decimal rounding.
        x = float(f"{r.randrange(10 ** r.randrange(1, 16))}5e-{r.randrange(20)}")
        x = math.nextafter(x, r.choice([0.0, x, math.inf]))
    return -x if r.random() < 0.3 else x


def an_int(r):
    kind = r.randrange(5)
    if kind == 0:
        n = r.choice([0, 1, 2**63 - 1, 2**63, 2**64, 10**18, 10**19, 2**31])
    elif kind == 1:
        n = r.randrange(1000)
    elif kind == 2:
        n = r.getrandbits(r.randrange(1, 65))
    elif kind == 3:
        n = r.getrandbits(r.randrange(1, 400))
    else:
        n = 10 ** r.randrange(30) - r.randrange(2)
    return -n if r.random() < 0.4 else n


def a_char(r):
    kind = r.randrange(10)
    if kind < 5:
        return chr(r.randrange(128))
    if kind == 5:
        return chr(r.randrange(128, 0x300))
    if kind == 6:
        return chr(r.randrange(0x300, 0x3000))
    if kind == 7:
        return r.choice("\u0663\u0664\u00a0\u2028\x1c\x85\u03a3\u00df\u0130\u01c5\ufb01\u00b2\u00bd\u4e09\u00ad\ufeff")
    if kind == 8:
        return chr(r.randrange(0xD800, 0xE000))
    return chr(r.randrange(0x110000))


def a_text(r, longest=12):
    kind = r.randrange(4)
    n = r.randrange(longest + 1)
    if kind == 0:
        return "".join(r.choice("abc ABC\n\t.,'\"\\") for _ in range(n))
    if kind == 1:
        return "".join(chr(r.randrange(128)) for _ in range(n))
    return "".join(a_char(r) for _ in range(n))
