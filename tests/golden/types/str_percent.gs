# The % operator of str: all conversions, flags, mappings, tuples, errors.

print("%s %r %a|%5s|%-5s|%.2s|%5.1s|%%" % ("é", "é", "é", "a", "b", "cde", "fgh"))
print("%(name)s is %(age)d, %(name)r" % {"name": "Ada", "age": 36}, "%(a)s%%" % {"a": 1, "b": 2}, "%()s" % {"": "empty key"}, "%(a(b)c)s" % {"a(b)c": 1})
print("%s" % 5, "%s" % [1, 2], "%s" % (1,), "%s" % ((1, 2),), "%s %s" % ("a", None), "plain" % (), "%s" % {"k": 1}, "%%d %d" % 1, "%s" % "")
print("%c%c%c" % (65, "B", 0x4e2d), "%3c|%-3c|" % ("x", "y"), "%x %X %#x %#X %o %#o" % (255, 255, 255, 255, 8, 8), "%-5d|%05d|%+5d|% d" % (1, 2, 3, 4), "%+05d" % 7, "%- 5d|" % 3, "%#-8x|" % 255, "%08.2f|%+.1e" % (3.14159, 12345.678))
print("%s, %s" % tuple("ab"), "%*s|%-*s|%.*s" % (5, "a", 5, "b", 2, "cdef"), "%s" * 3 % (1, 2, 3), "%d%s" % (1, "st"), "%ld %hd %Ld" % (1, 2, 3), "%-*d|" % (-4, 5), "%*d|" % (-4, 5))
class S:
    def __str__(self): return "str"
    def __repr__(self): return "repré"
    def __getitem__(self, k): return f"item {k}"
    def __int__(self): return 9
    def __index__(self): return 10
    def __float__(self): return 2.5
s = S()
print("%s %r %a %d %x %f" % (s, s, s, s, s, s), "%(any)s" % s)
x = "%s-%s"
x %= (1, 2)
print(x, "a%sb" % "%s" % 5)
def attempt(f, a):
    try:
        print(f % a)
    except Exception as e:
        print(repr(f), "->", type(e).__name__, e)
attempt("%s %s", 1)
attempt("%s", (1, 2))
attempt("%d", "1")
attempt("%d", [1])
attempt("%f", "x")
attempt("%x", "x")
attempt("%c", "xy")
attempt("%c", 0x110000)
attempt("%q", 1)
attempt("%", 1)
attempt("%5", 1)
attempt("%(k)s", [1])
attempt("%(k)s", {"a": 1})
attempt("%(k", {"k": 1})
attempt("none", 1)
attempt("none", (1,))
attempt("none", {"a": 1})
attempt("%(a)s %s", {"a": 1})
attempt("%s %(a)s", ({"a": 1}, 2))
attempt("%.s|", "abc")
attempt("%d", 1j)
attempt("%d", float("nan"))
attempt("%d", float("inf"))
attempt("%é", 1)
attempt("%(a)*d", {"a": 1})
