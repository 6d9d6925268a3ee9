# bytes: construction, indexing, repr, operations, methods that str has too, errors.

b = b"hello \x00\xff world"
print(b, len(b), b[0], b[-1], b[6:8], b[::-1], list(b[:3]), b[100:], b + b"!", b * 2, 2 * b"ab", b"" * 5)
print(bytes(), bytes(3), bytes([1, 2, 255]), bytes("é", "utf-8"), bytes(b"x"), bytes(range(3)), bytes(bytearray(b"q")), bytes(x for x in (65, 66)), bytes(memoryview(b"mv")), bytes("ab", encoding="ascii", errors="strict"))
print(repr(b"it's"), repr(b'"'), repr(b"'\""), repr(b"\t\n\r\\\x7f\x80"), str(b"a"), f"{b'x'!r}", b"%s|%d|%5.1f|%x|%c|%b|%a|%r" % (b"s", 5, 2.25, 255, 65, b"b", "é", "r"))
print(b"a" < b"b", b"a" == b"a", b"a" == "a", b"" < b"a", b"ab" in b"cabd", 97 in b"abc", hash(b"ab") == hash(b"a" + b"b"), sorted([b"b", b"a", b"B"]), max(b"abc"))
print(b.find(b"o"), b.rfind(b"o"), b.find(111), b.find(b"zz"), b.index(b"\xff"), b.count(b"l"), b.count(108), b.replace(b"l", b"LL", 1), b.split(), b"a,b,,c".split(b","), b"a\nb\r\nc".splitlines(), b" x ".strip(), b"xxaxx".strip(b"x"), b"k=v".partition(b"="), b"a-b-c".rsplit(b"-", 1), b",".join([b"a", bytearray(b"b")]))
print(b"Hello".upper(), b"Hello".lower(), b"hello you".title(), b"hELLO".capitalize(), b"hELLO".swapcase(), b"abc".isalpha(), b"12".isdigit(), b" ".isspace(), b"a1".isalnum(), b"\xe9".isalpha(), b"abc".islower(), b"ABC".isupper(), b"\x80".isascii(), b"Abc".istitle())
print(b"ab".center(6, b"*"), b"ab".ljust(4), b"ab".rjust(4, b"."), b"-5".zfill(4), b"a\tb".expandtabs(4), b"abc".translate(bytes.maketrans(b"ab", b"xy")), b"abc".translate(None, b"b"), b"abc".startswith(b"ab"), b"abc".endswith((b"x", b"c")), b"abc".removeprefix(b"a"), b"abc".removesuffix(b"c"))
print(b.hex(), b"\x01\xab".hex(":"), b"\x01\xab\xcd\xef\x10".hex("-", 2), b"\x01\x02\x03".hex(" ", -2), bytes.fromhex("01 ab  CD"), b"h\xc3\xa9".decode(), b"\xe9".decode("latin-1"), b"\xff\xfea\x00".decode("utf-16"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("ascii", "ignore"), b"\xff".decode("utf-8", "surrogateescape") == "\udcff", b"\xff".decode("utf-8", "backslashreplace"))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: b[50])
attempt(lambda: b["a"])
attempt(lambda: b + "x")
attempt(lambda: "x" + b)
attempt(lambda: b < "x")
attempt(lambda: bytes([256]))
attempt(lambda: bytes([-1]))
attempt(lambda: bytes(-1))
attempt(lambda: bytes("x"))
attempt(lambda: bytes(1.5))
attempt(lambda: bytes(["a"]))
attempt(lambda: bytes(5, "utf-8"))
attempt(lambda: bytes(None))
attempt(lambda: bytes([1], [2]))
attempt(lambda: b"\xff".decode())
attempt(lambda: b"ab\xe2\x82".decode())
attempt(lambda: b"a\x80b".decode("ascii"))
attempt(lambda: b"a".decode("nope"))
attempt(lambda: "a" in b)
attempt(lambda: 300 in b)
attempt(lambda: b.find("o"))
attempt(lambda: b.index(b"zz"))
attempt(lambda: b.split(b""))
attempt(lambda: b.split(","))
attempt(lambda: b",".join(["a"]))
attempt(lambda: b",".join([1]))
attempt(lambda: bytes.fromhex("0g"))
attempt(lambda: bytes.fromhex("abc"))
attempt(lambda: b"%d" % "x")
attempt(lambda: b"%s" % "str")
attempt(lambda: b"%c" % 256)
attempt(lambda: b.replace("a", "b"))
attempt(lambda: b.__setitem__)
attempt(lambda: exec("b[0] = 1"))
attempt(lambda: hash(bytearray()))
attempt(lambda: b.center(20, b"ab"))
attempt(lambda: b.hex("ab"))
attempt(lambda: b.nothing)
for x in b"ab":
    print(x, type(x).__name__)
class B(bytes):
    def name(self): return type(self).__name__
print(B(b"x"), B(b"xy").name(), type(B(b"x") + b"y").__name__, B([65]) == b"A")
class HasBytes:
    def __bytes__(self): return b"from dunder"
class BadBytes:
    def __bytes__(self): return "x"
print(bytes(HasBytes()))
attempt(lambda: bytes(BadBytes()))
