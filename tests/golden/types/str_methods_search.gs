# str: find, index, count, replace, startswith, endswith, in; with bounds, empty arguments, errors.

s = "hello world, hello"
print(s.find("hello"), s.find("hello", 1), s.find("x"), s.find(""), s.find("", 5), s.find("", 100), s.find("lo", -3), s.find("hello", 0, 4), s.rfind("hello"), s.rfind("hello", 0, 15), s.rfind(""), s.rfind("x"))
print(s.index("o"), s.rindex("o"), s.count("l"), s.count("ll"), s.count(""), s.count("l", 5), s.count("l", 5, 10), "aaaa".count("aa"), "".count(""), "".find(""), "abc".count("", 3), "abc".count("", 4))
print(s.replace("l", "L"), s.replace("l", "L", 2), s.replace("", "-"), s.replace("", "-", 3), s.replace("hello", ""), s.replace("x", "y"), "".replace("", "x"), "aaa".replace("aa", "b"), s.replace("l", "L", 0), s.replace("o", "oo", -1))
print(s.startswith("hello"), s.startswith("world", 6), s.startswith(("x", "he")), s.startswith(""), s.startswith("", 100), s.startswith(()), s.startswith("hello", 0, 3), s.endswith("lo"), s.endswith(("a", "o")), s.endswith("world", 0, 11), s.endswith(""), "".startswith(""))
print("he" in s, "" in s, "xyz" in s, "" in "", "é" in "café", "fé" in "café")
u = "naïve café naïve"
print(u.find("é"), u.find("naïve", 1), u.rfind("ï"), u.index("café"), u.count("ï"), u.replace("ï", "i"), u[u.find("c"):], u.find("e", -1), u.endswith("ïve"), "😀a😀b".find("b"), "😀a😀b".rfind("😀"), "😀a😀b".replace("😀", ":)"))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: s.index("zz"))
attempt(lambda: s.rindex("zz"))
attempt(lambda: s.index("hello", 14))
attempt(lambda: s.find(1))
attempt(lambda: s.find())
attempt(lambda: s.count(None))
attempt(lambda: s.replace("a"))
attempt(lambda: s.replace(1, 2))
attempt(lambda: s.replace("a", "b", "c"))
attempt(lambda: s.startswith(1))
attempt(lambda: s.startswith(("a", 1)))
attempt(lambda: s.startswith(["a"]))
attempt(lambda: 1 in s)
attempt(lambda: b"a" in s)
attempt(lambda: s.find("a", "b"))
print(s.find("o", None, 5), s.find("o", 5, None), s.removeprefix("hello "), s.removeprefix("x"), s.removesuffix("lo"), s.removesuffix(""), "aab".removeprefix("a"))
