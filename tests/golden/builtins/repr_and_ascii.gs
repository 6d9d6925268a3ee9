# repr, ascii, str of nested containers, recursion, long strings, own __repr__ in containers.

print(repr([1, "a", None, 2.5, (1,), {2}, {"k": [b"x"]}]), ascii("é\n中😀"), ascii(["é"]), repr("é"), str(["é", 'q"', "it's"]), repr({"a": {"b": ()}}), repr(set()), repr(frozenset([1])), repr(range(3)), repr(slice(1)), repr(...), repr(int), repr(len), repr(NotImplemented))
a = [1]
a.append(a)
d = {"d": None}
d["d"] = d
t = ([],)
t[0].append(t)
print(a, d, t, repr(a), str(d))
x, y = [], []
x.append(y); y.append(x)
print(x, y)
class R:
    def __repr__(self): return "R!"
class S:
    def __str__(self): return "S str"
    def __repr__(self): return "S repr"
print([R()], {R(): S()}, (S(),), f"{[S()]}", str(S()), str([S()]), "%s %r" % (S(), S()), "{} {!r}".format(S(), S()), {"k": S()}, [[S()]])
class Rec:
    def __init__(self): self.items = [self]
    def __repr__(self): return f"Rec({len(self.items)})"
print(Rec().items)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
class Bad:
    def __repr__(self): raise ValueError("repr failed")
class NotStr:
    def __repr__(self): return 5
class NoneRepr:
    def __repr__(self): pass
for b in (Bad(), NotStr(), NoneRepr()):
    attempt(lambda: repr(b))
    attempt(lambda: str([b]))
    attempt(lambda: f"{b}")
    attempt(lambda: ascii({1: b}))
attempt(lambda: repr())
attempt(lambda: ascii(1, 2))
class U:
    def __repr__(self): return "é😀"
print(repr(U()), ascii(U()), [U()])
print(repr("a" * 5 + "\n"), repr('\'"'), repr("\\"), repr("\x7f\x80\xa0\u200b"), repr(""), str(""), repr(b""), repr(1e100), repr(-0.0), repr(1e22), repr(123456789.0), repr(True))
def f(): pass
class C: pass
for o in (f, C(), C().__init__, lambda: 0, (i for i in ()), f.__get__(5), object(), iter([]), [].append, "".join, zip(), map(str, []), enumerate([]), type("T", (), {})(), property(), C.__dict__):
    print(repr(o).split("0x")[0])
print(repr(C), repr(type), repr(ValueError), repr(ValueError("x", 1)), repr(C.__init__), repr(str.upper), repr(print), repr(__name__))
import math, sys
print(repr(math)[:14], repr(type(math)))
deep = []
for _ in range(50): deep = [deep]
print(repr(deep).count("["), str(deep) == repr(deep))
