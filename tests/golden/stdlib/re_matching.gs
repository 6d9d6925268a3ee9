# re: match, search, fullmatch, findall, finditer, groups, positions, flags.

import re
m = re.match(r"(\w+) (\w+)", "hello world foo")
print(m.group(), m.group(0, 1, 2), m.groups(), m[1], m.start(), m.end(2), m.span(1), m.pos, m.endpos, m.lastindex, m.lastgroup, m.string, m.re.pattern, bool(m), m.expand(r"\2-\1"), repr(m))
print(re.match("b", "ab"), re.search("b", "ab").span(), re.fullmatch("a+", "aaa"), re.fullmatch("a+", "aab"), re.match("", "abc"), re.search("$", "abc").start())
m = re.search(r"(?P<year>\d{4})-(?P<month>\d\d)(-(?P<day>\d\d))?", "on 2024-01, or")
print(m.groupdict(), m.group("year"), m["month"], m.groups(), m.groups("none"), m.groupdict("x"), m.span("day"), m.start("day"), m.lastgroup, m.re.groupindex, m.re.groups)
print(re.findall(r"\d+", "a1b22c333"), re.findall(r"(\w)(\d)", "a1 b2"), re.findall(r"(\w)\d", "a1 b2"), re.findall("x*", "axb"), re.findall("", "ab"), [m.span() for m in re.finditer("a|ab", "abaab")], [m.group() for m in re.finditer(r"\b\w", "one two")])
print(re.findall("a", "AaBb", re.I), re.findall("^.", "a\nb", re.M), re.findall("a.b", "a\nb", re.S), re.findall(r"a  b # comment", "ab", re.X), re.findall(r"\w+", "é a", re.A), re.findall("(?i)x", "xX"), re.findall("(?s:.)\n", "a\n\n"), re.search("a(?#comment)b", "ab").group(), re.findall("(?m)^b", "a\nb"))
print(re.findall("a*?", "aa"), re.findall("a+?b", "aab"), re.findall("a{2}", "aaaaa"), re.findall("a{1,2}", "aaa"), re.findall("a{,2}b", "aab"), re.findall("(?:ab)+", "ababab"), re.findall(r"(a)\1", "aa ab"), re.findall(r"(?P<q>['\"]).*?(?P=q)", "'a' \"b\""), re.findall("a(?=b)", "ab ac"), re.findall("a(?!b)", "ab ac"), re.findall("(?<=x)a", "xa ya"), re.findall("(?<!x)a", "xa ya"), re.findall("[^a-c]", "abcd-"), re.findall(r"[\w.-]+@[\w.-]+", "mail a.b@c.de, x"), re.findall("[]a]", "]a"), re.findall(r"[\]\-^]", "]-^"), re.findall(r"\Aab|cd\Z", "abcd"), re.findall(r"(a)?b(?(1)c|d)", "abc bd bc"), re.findall("a++b|a*+", "aab"), re.findall("(?>a+)b", "aab"))
print(re.split(r"[,;]\s*", "a, b;c,d"), re.split(r"(\d)", "a1b2c"), re.split("x", "abc"), re.split(",", "a,b,c", maxsplit=1), re.split("", "ab"), re.split(r"\s+", " a b "), re.split("(x)|(y)", "axbyc"))
print(re.sub(r"\d", "#", "a1b2"), re.sub(r"(\w)(\d)", r"\2\1", "a1b2"), re.sub("a", "b", "aaa", count=2), re.sub(r"(?P<n>\d+)", r"<\g<n>>", "a12"), re.sub(r"\d+", lambda m: str(int(m.group()) * 2), "1 20 x"), re.subn("a", "b", "aa"), re.sub("", "-", "ab"), re.sub("x*", "-", "axb"), re.sub(r"(a)|b", r"[\1]", "ab"), re.sub("a", r"\n", "a") == "\n", re.sub("a", r"\\n", "a"), re.sub(".", r"\g<0>\g<0>", "ab"))
p = re.compile(r"(\w)(?P<two>\w)", re.I | re.M)
print(p.pattern, p.flags & re.I != 0, p.groups, p.groupindex, p.match("abc", 1).group(), p.search("xyz", 1, 2), p.findall("abcd", 1, 3), p.fullmatch("ab").groups(), repr(p), p == re.compile(r"(\w)(?P<two>\w)", re.I | re.M), hash(p) == hash(p), p.sub("", "abcd"), p.split("abXcd"))
print(re.escape("a.b*c[d]é -_/"), re.match(rb"\w+", b"bytes").group(), re.findall(b".", b"ab"), re.sub(rb"a", b"b", b"aa"), re.compile("a").match("xa", 1).span(), re.match("é+", "éé").end(), re.findall(r"\w", "中é_1-"), re.search(r"[é-ü]", "aö").group(), re.search("😀", "a😀").span())
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for pat in ("(", ")", "[", "*a", "a**", "a{2,1}", r"\1", "(?P<a>x)(?P<a>y)", "(?P<1a>x)", "(?P=zz)", "(?<=a+)b", "[z-a]", "\\", "(?z)", "a(?i)b", "(?P<a", "(?:", r"\q", r"[\q]", "(?(2)a)", "x{99999999999}"):
    attempt(lambda: re.compile(pat).pattern)
attempt(lambda: re.sub("(a)", r"\2", "a"))
attempt(lambda: re.sub("a", r"\q", "a"))
attempt(lambda: re.sub("a", r"\g<zz>", "a"))
attempt(lambda: m.group(9))
attempt(lambda: m.group("zz"))
attempt(lambda: re.match("a", b"a"))
attempt(lambda: re.match(b"a", "a"))
attempt(lambda: re.match("a", 5))
attempt(lambda: re.match(5, "a"))
attempt(lambda: re.sub("a", lambda m: 1 / 0, "a"))
attempt(lambda: re.sub("a", lambda m: 5, "a"))
try:
    re.compile("a(b")
except re.error as e:
    print(e.msg, e.pos, e.pattern, e.lineno, e.colno)
tok = re.compile(r"\s*(?:(?P<num>\d+\.?\d*)|(?P<id>[a-z]\w*)|(?P<op>[-+*/()=]))", re.I)
print([(m.lastgroup, m.group(m.lastgroup)) for m in tok.finditer("x = 3.14 * (y2 + 10)")])
