# str: split, rsplit, splitlines, partition, join, strip and their edge cases.

print("a b  c".split(), " a b ".split(), "".split(), "   ".split(), "a,b,,c".split(","), ",".split(","), "".split(","), "a, b, c".split(", "))
print("a b c d".split(None, 2), "  a b  c ".split(None, 1), "a,b,c".split(",", 1), "a,b,c".split(",", 0), "a b".split(maxsplit=0), "  a  b ".split(maxsplit=0), "a,b,c".split(sep=",", maxsplit=-1))
print("a b c d".rsplit(None, 2), "a,b,c".rsplit(",", 1), " a b ".rsplit(), "  a b  c ".rsplit(None, 1), "aXXbXXc".split("XX"), "XXXX".split("XX"), "aaa".split("aa"), "aaa".rsplit("aa"))
print("a\tb\nc\x0bd\x0ce\x1cf\x85g\xa0h\u2003i".split(), "a\nb\r\nc\rd\x0be\x0cf\x1cg\x85h\u2028i\n".splitlines(), "a\nb\n".splitlines(True), "".splitlines(), "\n".splitlines(), "\n\n".splitlines(), "a\r\n\r\nb".splitlines(keepends=True))
print("key=value=x".partition("="), "key".partition("="), "key=value=x".rpartition("="), "key".rpartition("="), "=".partition("="), "a--b".partition("--"))
print(",".join(["a", "b"]), "".join("abc"), "-".join([]), "x".join(["one"]), ", ".join(str(i) for i in range(3)), "é".join(["a", "b"]), "".join({"k": 1, "l": 2}), "ab".join("xyz"))
print("  x ".strip() + "|", "xxaxx".strip("x"), "abcba".strip("ab"), "  x ".lstrip() + "|", "  x ".rstrip() + "|", "xyzzy".strip("zyx"), "x".strip(""), "\t\n x\r".strip(), "\xa0x\u2003".strip(), "éaé".strip("é"), "mississippi".rstrip("ipz"), "www.example.com".lstrip("cmowz."))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: "a".split(""))
attempt(lambda: "a".rsplit(""))
attempt(lambda: "a".split(1))
attempt(lambda: "a".partition(""))
attempt(lambda: "a".partition(None))
attempt(lambda: ",".join([1, 2]))
attempt(lambda: ",".join(["a", None]))
attempt(lambda: ",".join(5))
attempt(lambda: ",".join([b"a"]))
attempt(lambda: "a".strip(1))
attempt(lambda: "a".split(None, "x"))
attempt(lambda: "a".join())
def gen():
    yield "a"
    raise ValueError("from the generator")
attempt(lambda: ",".join(gen()))
line = "  2024-01-31  ERROR  disk full: /dev/sda1  "
date, level, rest = line.split(None, 2)
print(date, level, repr(rest), rest.partition(":")[2].strip(), date.split("-")[::-1], [int(p) for p in date.split("-")])
print([w.strip(".,!") for w in "Well, hello there. Bye!".split()], " ".join("  many   blanks here ".split()), "a1b2c3".translate({ord("1"): "-", ord("2"): None, ord("3"): 0x2022}))
