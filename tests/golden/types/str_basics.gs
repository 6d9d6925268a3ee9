# str: indexing, concatenation, repetition, comparison, iteration, repr, conversion, non-ASCII.

s = "héllo 中 😀!"
print(len(s), s[1], s[6], s[8], s[-1], s[::-1], s[1:4], list(s), [ord(c) for c in s][:3], s[8:], s[:-2])
print("a" + "b" + "é", "ab" * 3, 3 * "é", "x" * 0, "x" * -1, "" "", "a" * True)
print("a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "" < "a", "é" > "z", "😀" > "\uffff", "a" == "a", "a" != "b", "10" < "9", max("hello"), min("hello"), sorted("hello"))
print(str(5), str(1.5), str(None), str([1, "a"]), str("x"), str(), str(b"ab", "ascii"), str(object=3), str(b"\xc3\xa9", "utf-8"), str(bytearray(b"q"), "utf-8"), str(b"\xff", "latin-1"), str(b"x"))
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("\\"), repr("tab\t nl\n nul\0 esc\x1b del\x7f"), repr("é\xad\u200b\ufeff😀\ud83d"))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: "a" + 1)
attempt(lambda: "a" + b"b")
attempt(lambda: "a" * "b")
attempt(lambda: "a" * 1.5)
attempt(lambda: "a" - "b")
attempt(lambda: "a" < 1)
attempt(lambda: "a" == b"a")
attempt(lambda: str(b"\xff", "utf-8"))
attempt(lambda: str("a", "utf-8"))
attempt(lambda: str(5, "utf-8"))
attempt(lambda: ord("ab"))
attempt(lambda: ord(""))
attempt(lambda: ord(5))
attempt(lambda: chr(-1))
attempt(lambda: chr(0x110000))
attempt(lambda: chr("a"))
attempt(lambda: int("x" * 50))
attempt(lambda: "abc"[5])
print(chr(65), chr(0x1f600), ord("😀"), chr(0x10ffff) == "\U0010ffff", ord("\0"))
t = ""
for i in range(300):
    t += chr(97 + i % 26)
    if i % 50 == 0:
        u = t
print(len(t), len(u), t[250:260], t.count("a"))
parts = []
for c in "añb":
    parts.insert(0, c)
print("".join(parts), "añb"[::-1] == "".join(parts), "".join(reversed("añb")), "-".join(sorted(set("mississippi"))))
class S(str):
    def __repr__(self): return "S!" + super().__repr__()
    def extra(self): return self + "!"
x = S("abc")
print(x, repr(x), x.extra(), type(x.upper()).__name__, x == "abc", hash(x) == hash("abc"), {x: 1}["abc"], f"{x}", x[0], isinstance(x, str), type(str(x)).__name__, [x])
big = "ab" * 5000 + "é"
print(len(big), big[9999], big[10000], big[-2:], big[5000:5004], big.index("é"), (big * 3).count("é"), len(big.encode()))
print("".join(chr(c) for c in range(0x3b1, 0x3b6)), "ß" in "straße", "e\u0301" == "é", len("e\u0301"), "🇩🇪"[0] == "\U0001f1e9", len("👨‍👩‍👧"))
it = iter("añ")
print(next(it), next(it), next(it, "end"))
print("a".__add__("b"), "a".__mul__(2), "a".__rmul__(2), "abc".__contains__("b"), "abc".__getitem__(1), "abc".__len__(), "a".__lt__("b"), "a".__eq__(1), "%s".__mod__("x"), "abc".__iter__().__next__())
