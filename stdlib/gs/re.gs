"""Support for regular expressions (RE): the functions and classes of _re, the flags and the exception."""
from _re import compile, match, fullmatch, search, sub, subn, split, findall, finditer, purge, escape, Pattern, Match

__all__ = [
    "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape",
    "error", "Pattern", "Match", "A", "I", "L", "M", "S", "X", "U", "T", "TEMPLATE",
    "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "VERBOSE", "UNICODE", "NOFLAG", "RegexFlag", "DEBUG",
]

__version__ = "2.2.1"


class error(Exception):
    """Exception raised for invalid regular expressions.

    Attributes: msg, the unformatted message; pattern, the pattern; pos, where the fault is (may be None); lineno and
    colno, the line and column of pos (may be None).
    """

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        if pattern is not None and pos is not None:
            msg = "%s at position %d" % (msg, pos)
            newline = "\n" if isinstance(pattern, str) else b"\n"
            self.lineno = pattern.count(newline, 0, pos) + 1
            self.colno = pos - pattern.rfind(newline, 0, pos)
            if newline in pattern:
                msg = "%s (line %d, column %d)" % (msg, self.lineno, self.colno)
        else:
            self.lineno = self.colno = None
        super().__init__(msg)


_NAMES = {
    2: "IGNORECASE", 4: "LOCALE", 8: "MULTILINE", 16: "DOTALL", 32: "UNICODE", 64: "VERBOSE", 128: "DEBUG",
    256: "ASCII", 1: "TEMPLATE",
}
_ORDER = [256, 2, 4, 32, 8, 16, 64, 1, 128]
_ALL = 511
_made = {}


class RegexFlag(int):
    """Flags of a pattern; they combine with |, &, ^ and ~."""

    def __new__(cls, value=0):
        value = int(value)
        found = _made.get(value)
        if found is None:
            found = _made[value] = int.__new__(cls, value)
        return found

    @property
    def value(self):
        return int(self)

    @property
    def name(self):
        names = self._parts()
        return "|".join(names) if names else ("NOFLAG" if int(self) == 0 else None)

    def _parts(self):
        value = int(self)
        return [_NAMES[bit] for bit in _ORDER if value & bit]

    def __repr__(self):
        value = int(self)
        if value == 0:
            return "re.NOFLAG"
        names = ["re." + n for n in self._parts()]
        rest = value & ~_ALL
        if rest:
            names.append(hex(rest))
        return "|".join(names)

    __str__ = object.__str__

    def __format__(self, spec):
        return format(str(self), spec)

    def __or__(self, other):
        return RegexFlag(int(self) | int(other)) if isinstance(other, int) else NotImplemented

    def __and__(self, other):
        return RegexFlag(int(self) & int(other)) if isinstance(other, int) else NotImplemented

    def __xor__(self, other):
        return RegexFlag(int(self) ^ int(other)) if isinstance(other, int) else NotImplemented

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        return RegexFlag(_ALL & ~int(self))

    def __contains__(self, other):
        return int(self) & int(other) == int(other)

    def __iter__(self):
        value = int(self)
        return iter([RegexFlag(1 << i) for i in range(9) if value >> i & 1])

    def __len__(self):
        return len(self._parts())

    def __bool__(self):
        return int(self) != 0

    def __hash__(self):
        return hash(int(self))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


NOFLAG = RegexFlag(0)
TEMPLATE = T = RegexFlag(1)
IGNORECASE = I = RegexFlag(2)
LOCALE = L = RegexFlag(4)
MULTILINE = M = RegexFlag(8)
DOTALL = S = RegexFlag(16)
UNICODE = U = RegexFlag(32)
VERBOSE = X = RegexFlag(64)
DEBUG = RegexFlag(128)
ASCII = A = RegexFlag(256)
