"""Random small programs: expressions and statements over the built-in types, each guarded so that an exception is
printed instead of ending the program. What a program prints depends on its seed alone.

Left out on purpose: what the implementations may do differently (identities, addresses, the order of sets of strings,
reference counts) and what takes long (powers and shifts are small).
"""
import random

INTS = ["0", "1", "-1", "2", "7", "-13", "255", "256", "1000", "-4611686018427387904", "4611686018427387903",
        "9223372036854775807", "2**61", "-2**61", "2**64", "-2**70 + 1", "10**30", "True", "False"]
FLOATS = ["0.0", "-0.0", "1.0", "-1.5", "0.1", "1e16", "1e-7", "123456.789", "1e300", "5e-324", "float('inf')",
          "float('-inf')", "float('nan')", "2.5", "3.5", "1e22", "0.30000000000000004"]
STRINGS = ["''", "'a'", "'abc'", "'Hello, World'", "'  pad '", "'é'", "'ß\\u0130'", "'\\U0001f600x'", "'a,b,,c'",
           "'line\\nline2\\r\\nend'", "'123'", "'-4.5e3'", "'\\x00\\x7f'", "'aXbX'", "'%s %d'", "'{} {0!r:>5}'",
           "'tab\\there'", "'\\ud800'", "('zz' * 3)", "'ABC'", "'ǆ'", "'0x1f'", "'１２'"]
BYTES = ["b''", "b'a'", "b'abc'", "b'\\x00\\xff'", "b'a,b'", "bytearray(b'xyz')", "b'12'"]
TEXT_METHODS = ["upper()", "lower()", "title()", "capitalize()", "swapcase()", "casefold()", "strip()", "lstrip()",
                "rstrip('c')", "split()", "split(',')", "rsplit(',', 1)", "splitlines()", "splitlines(True)",
                "partition(',')", "rpartition('a')", "replace('a', 'bb')", "replace('', '-')", "replace('X', '', 1)",
                "find('b')", "rfind('')", "index('a')", "count('a')", "count('')", "startswith(('a', 'H'))",
                "endswith('')", "isdigit()", "isdecimal()", "isnumeric()", "isalpha()", "isalnum()", "isspace()", "isupper()",
                "islower()", "istitle()", "isidentifier()", "isprintable()", "zfill(6)", "center(9, '*')", "ljust(5)",
                "rjust(6, '.')", "expandtabs(4)", "encode()", "encode('ascii', 'replace')", "encode('latin-1', 'xmlcharrefreplace')",
                "encode('utf-16')", "join(['x', 'y', 'z'])", "translate({97: 'Q', 98: None})", "removeprefix('a')",
                "removesuffix('c')", "format(1, 2)", "__len__()", "isascii()"]
BYTES_METHODS = ["hex()", "hex(':')", "decode()", "decode('latin-1')", "decode('ascii', 'ignore')", "upper()", "split(b',')",
                 "find(b'a')", "count(b'')", "strip()", "replace(b'a', b'bb')", "startswith(b'a')", "zfill(5)", "join([b'1', b'2'])",
                 "isalpha()", "partition(b',')", "title()", "center(7)"]
LIST_METHODS = ["append({a})", "extend({a})", "insert({i}, {a})", "pop()", "pop({i})", "remove({a})", "index({a})", "count({a})",
                "sort()", "sort(reverse=True)", "sort(key=str)", "sort(key=repr, reverse=True)", "reverse()", "clear()", "copy()"]
DICT_METHODS = ["get({a})", "get({a}, {b})", "pop({a})", "pop({a}, {b})", "setdefault({a}, {b})", "update({{{a}: {b}}})", "popitem()",
                "keys()", "values()", "items()", "copy()", "clear()", "fromkeys([1, 2], {a})"]
SPECS = ["", "5", "<8", ">8", "^9", "*^9", "=+8", "08", "+", " ", ",", "_", "#x", "#b", "o", "X", "c", "n", "d", ".2f", "e",
         ".3e", "g", ".3g", "G", "%", ".1%", "10.2f", "<10.3", ".0f", "#.3g", "+.2e", "s", ".2", ".2s", "_x", "_b", ",d", ",.2f", "z",
         "é>5", "05d", "=5", "=", "-", "08.3f", "r", "<<5", "{w}", "020,.1f", "#o", "_.3f"]
BINARY = ["+", "-", "*", "/", "//", "%", "&", "|", "^", "<", "<=", "==", "!=", ">", ">=", "is", "in", "not in", "and", "or", "@", "divmod"]
FUNCTIONS = ["abs", "bool", "int", "float", "str", "repr", "len", "list", "tuple", "set", "sorted", "sum", "min", "max", "any", "all",
             "hex", "oct", "bin", "chr", "ord", "ascii", "round", "complex", "bytes", "bytearray", "iter", "next", "reversed",
             "enumerate", "zip", "dict", "frozenset", "type", "callable", "divmod", "pow", "range", "slice", "format", "isinstance", "map", "filter"]


class Program:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.names = []

    def pick(self, options):
        return self.random.choice(options)

    def atom(self):
        r = self.random.random()
        if r < 0.3 and self.names:
            return self.pick(self.names)
        if r < 0.55:
            return "(%s)" % self.pick(INTS)
        if r < 0.67:
            return self.pick(FLOATS)
        if r < 0.85:
            return self.pick(STRINGS)
        if r < 0.92:
            return self.pick(BYTES)
        return self.pick(["None", "()", "[]", "{}", "set()", "range(3)", "...", "1j", "2.5-1j", "NotImplemented", "range(10, 0, -3)", "frozenset((1, 2))"])

    def index(self):
        return self.pick(["0", "1", "-1", "2", "-2", "5", "-7", "None", "10**20", "True", self.atom()])

    def slice(self):
        parts = [self.pick(["", "", "0", "1", "-1", "2", "-3", "100", "-100", "None", "10**20"]) for _ in range(self.pick([2, 2, 3]))]
        if len(parts) == 3 and self.random.random() < 0.5:
            parts[2] = self.pick(["", "1", "2", "-1", "-2", "0"])
        return ":".join(parts)

    def items(self, depth):
        return ", ".join(self.expression(depth - 1) for _ in range(self.random.randrange(5)))

    def expression(self, depth=3):
        if depth <= 0:
            return self.atom()
        e = lambda: self.expression(depth - 1)
        kind = self.random.randrange(24)
        if kind < 5:
            op = self.pick(BINARY)
            return "divmod(%s, %s)" % (e(), e()) if op == "divmod" else "(%s %s %s)" % (e(), op, e())
        if kind == 5:
            return "(%s%s)" % (self.pick(["-", "+", "~", "not "]), e())
        if kind == 6:
            return "(%s ** %s)" % (self.atom(), self.pick(["0", "1", "2", "-1", "0.5", "3", "-2", "1j"]))
        if kind == 7:
            return "(%s %s %s)" % (self.atom(), self.pick(["<<", ">>"]), self.pick(["0", "1", "3", "64", "-1", "70", "1.0"]))
        if kind == 8:
            return "[%s]" % self.items(depth)
        if kind == 9:
            return "(%s,)" % (self.items(depth) or "0")
        if kind == 10:
            return "{%s}" % ", ".join("%s: %s" % (self.atom(), e()) for _ in range(self.random.randrange(4)))
        if kind == 11:
            return "%s[%s]" % (self.holder(e), self.slice())
        if kind == 12:
            return "%s[%s]" % (self.holder(e), self.index())
        if kind == 13:
            return "%s.%s" % (self.pick(STRINGS), self.pick(TEXT_METHODS))
        if kind == 14:
            return "%s.%s" % (self.pick(BYTES), self.pick(BYTES_METHODS))
        if kind == 15:
            return "format(%s, %r)" % (self.atom(), self.pick(SPECS))
        if kind == 16:
            return "%r %% (%s)" % (self.pick(["%s", "%5d", "%-6r|", "%x", "%.3f", "%e", "%c", "%%%s", "%+d", "%#o", "%08.2f", "%g", "%a", "%i %s", "%*d", "%.*f", "%(a)s"]),
                                   self.pick([self.atom(), self.atom() + ", " + self.atom(), "{'a': %s}" % self.atom(), ""]) or "()")
        if kind == 17:
            return "[%s for x in %s%s]" % (self.pick(["x", "(x, 1)", "str(x)", e()]), self.holder(e), self.pick(["", " if x", " for y in (1, 2)"]))
        if kind == 18:
            return "(%s if %s else %s)" % (e(), e(), e())
        if kind in (19, 20):
            return "%s(%s)" % (self.pick(FUNCTIONS), self.pick([e(), e() + ", " + e(), "", "*" + e()]))
        if kind == 21:
            return "f'{%s!%s:%s}'" % (self.pick(self.names) if self.names else "1", self.pick("rsa"), self.pick(["", ">9", "^7.3", "<4"]))
        if kind == 22:
            return "(lambda a, b=2, *c, d=4, **k: (a, b, c, d, k))(%s)" % self.pick([e(), "*" + e(), e() + ", d=" + e(), "**{'a': 1, 'z': %s}" % e(), ""])
        return "sorted(%s, key=%s)" % (self.holder(e), self.pick(["repr", "str", "type", "len", "lambda v: (str(type(v)), repr(v))"]))

    def holder(self, e):
        return self.pick([self.pick(STRINGS), self.pick(BYTES), "[1, 2, 3, 4, 5]", "(1, 'a', None)", "range(2, 20, 3)", "{'a': 1, 2: 'b'}", "list('hello')", e()])

    def show(self, text):
        self.lines += ["try:", "    show(%s)" % text, "except Exception as e:", "    fail(e)"]

    def statement(self):
        kind = self.random.randrange(12)
        if kind < 4 or not self.names:
            name = "v%d" % self.random.randrange(8)
            self.lines += ["try:", "    %s = %s" % (name, self.expression()), "except Exception as e:", "    fail(e)", "    %s = %s" % (name, self.atom())]
            if name not in self.names:
                self.names.append(name)
            self.show(name)
            return
        name = self.pick(self.names)
        if kind < 7:
            return self.show(self.expression(4))
        if kind == 7:
            method = self.pick(LIST_METHODS + DICT_METHODS).format(a=self.atom(), b=self.atom(), i=self.index())
            self.show("%s.%s" % (name, method))
        elif kind == 8:
            target = self.pick(["%s[%s]" % (name, self.index()), "%s[%s]" % (name, self.slice())])
            self.lines += ["try:", "    %s" % self.pick(["%s = %s" % (target, self.expression(2)), "del %s" % target, "%s += %s" % (target, self.atom())]),
                           "except Exception as e:", "    fail(e)"]
        elif kind == 9:
            op = self.pick(["+", "-", "*", "/", "//", "%", "&", "|", "^"])
            self.lines += ["try:", "    %s %s= %s" % (name, op, self.expression(2)), "except Exception as e:", "    fail(e)"]
        elif kind == 10:
            self.lines += ["try:", "    for i, x in enumerate(%s):" % self.holder(lambda: self.expression(2)), "        if i > 5: break",
                           "        show(x, %s)" % self.expression(1), "    else:", "        show('else')", "except Exception as e:", "    fail(e)"]
        else:
            self.lines += ["try:", "    match %s:" % self.expression(2), "        case [a, *b]: show('seq', a, b)",
                           "        case {'a': a, **rest}: show('map', a, rest)", "        case int() | float() as n: show('num', n)",
                           "        case str(s): show('str', s)", "        case None: show('none')", "        case other: show('other', other)",
                           "except Exception as e:", "    fail(e)"]
        self.show(name)

    def text(self):
        for _ in range(30):
            self.statement()
        return HEAD + "\n".join(self.lines) + "\n"


HEAD = '''import re, sys
count = 0
def clean(text):
    text = re.sub(r"0x[0-9a-f]{6,}", "0x...", text)
    return text if len(text) < 300 else text[:300] + "... %d" % len(text)
def known(v, depth=0):
    """repr of what prints the same everywhere."""
    if isinstance(v, (set, frozenset)):
        return type(v).__name__ + str(sorted(known(x, depth + 1) for x in v))
    if depth < 4 and type(v) is list:
        return "[" + ", ".join(known(x, depth + 1) for x in v) + "]"
    if depth < 4 and type(v) is tuple:
        return "(" + ", ".join(known(x, depth + 1) for x in v) + ",)"
    if depth < 4 and type(v) is dict:
        return "{" + ", ".join(known(k, depth + 1) + ": " + known(x, depth + 1) for k, x in v.items()) + "}"
    return clean(ascii(v))
def show(*values):
    global count
    count += 1
    print(count, sys._getframe(1).f_lineno, *[type(v).__name__ + " " + known(v) for v in values])
def fail(e):
    global count
    count += 1
    print(count, e.__traceback__.tb_lineno, type(e).__name__, clean(ascii(str(e))))
'''
