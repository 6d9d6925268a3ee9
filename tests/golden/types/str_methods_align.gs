# str: center, ljust, rjust, zfill, expandtabs, translate, maketrans, encode, format_map.

print(*("|" + x + "|" for x in ("abc".center(8), "abc".center(7), "ab".center(7), "abc".center(2), "abc".ljust(6, "."), "abc".rjust(6, "é"), "".center(3, "*"), "abc".center(8, "é"), "中".ljust(3) )))
print("42".zfill(5), "-42".zfill(5), "+42".zfill(5), "".zfill(3), "abc".zfill(2), "--1".zfill(6), "é".zfill(3))
print(repr("a\tb\tccc\td".expandtabs()), repr("a\tb".expandtabs(4)), repr("ab\ncd\te".expandtabs(4)), repr("\t".expandtabs(0)), repr("a\t".expandtabs(1)), repr("abcdefgh\tx".expandtabs()))
t = str.maketrans("abc", "xyz", "d")
print(t, "aabbccdd".translate(t), str.maketrans({"a": "1", 98: None, "c": 99}), "abc".translate(str.maketrans({"a": "long", "b": None, "c": "é"})))
class Table:
    def __getitem__(self, k):
        if chr(k) in "aeiou": raise LookupError
        return chr(k).upper() * 2
print("translate".translate(Table()), "".translate({}), "é".translate({233: "e"}))
print("{a} {b[0]} {c.real}".format_map({"a": 1, "b": [2], "c": 3}))
class Default(dict):
    def __missing__(self, k): return f"<{k}>"
print("{x} and {y}".format_map(Default(x=1)))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: "a".center("x"))
attempt(lambda: "a".center(5, "ab"))
attempt(lambda: "a".ljust(5, ""))
attempt(lambda: "a".center(5, 1))
attempt(lambda: str.maketrans("ab", "x"))
attempt(lambda: str.maketrans("ab"))
attempt(lambda: str.maketrans({"ab": 1}))
attempt(lambda: str.maketrans({1.5: 1}))
attempt(lambda: "a".translate({97: 0x110000}))
attempt(lambda: "a".translate({97: 1.5}))
attempt(lambda: "a".translate(5))
attempt(lambda: "{x}".format_map({}))
attempt(lambda: "a".zfill("x"))
print("é中😀".encode(), "é".encode("latin-1"), "é".encode("utf-16-le"), "é中".encode("ascii", "replace"), "é中".encode("ascii", "ignore"), "é".encode("ascii", "backslashreplace"), "é".encode("ascii", "xmlcharrefreplace"), "é".encode("ascii", "namereplace"), "a".encode("utf-32-be"), "x".encode("utf-8-sig"), "é".encode("UTF_8"), "é".encode("iso8859-1"), "€".encode("cp1252"))
attempt(lambda: "é".encode("ascii"))
attempt(lambda: "abc中d".encode("latin-1"))
attempt(lambda: "\ud800".encode())
attempt(lambda: "a".encode("no-such-codec"))
attempt(lambda: "é".encode("ascii", "no-such-handler"))
print("\udcff".encode("utf-8", "surrogateescape"), "\ud800".encode("utf-8", "surrogatepass"))
