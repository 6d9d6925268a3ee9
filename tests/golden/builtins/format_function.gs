# format() and __format__: strings, numbers, own classes, nested specs, every alignment.

for v, spec in (("abc", ""), ("abc", "5"), ("abc", "<5"), ("abc", ">5"), ("abc", "^5"), ("abc", "*^6"), ("abc", ".1"), ("abc", "6.2"), ("abc", "s"), (5, ""), (5, "5"), (5, "<5"), (5, "05"), (5, "+"), (-5, "=5"), (255, "x"), (255, "#b"), (1234567, ","), (1.5, ""), (1.5, "8.3f"), (0.25, "%"), (1e10, "g"), (1e10, ""), (True, ""), (True, "d"), (None, ""), ([1], ""), ((1, 2), ""), ({}, ""), (1 + 2j, ""), (1j, ".2f"), (b"x", ""), (int, ""), (10 ** 25, ","), (3.0, "g"), (3.0, ""), (1e16, ""), (float("nan"), "5"), (float("inf"), "05"), (-0.0, ""), (-0.0, ".0f"), (0, "+d"), ("é中", "^6"), ("", "3"), (42, "é>6")):
    print(repr(v), repr(spec), "|" + format(v, spec) + "|")
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for v, spec in (([1], "5"), (None, "s"), ((1,), "d"), ("a", "d"), (1, "s"), (1.5, "x"), (b"x", "5"), (object, "x"), ("a", "="), ("a", "+"), (1, ".2"), (1, "é"), (1, "5é"), ("a", "10.x"), (1.5, ".-1f"), (1, ",x"), (1.0, "c"), (1j, "%"), (True, "s")):
    attempt(lambda: format(v, spec))
attempt(lambda: format())
attempt(lambda: format(1, 2))
attempt(lambda: format(1, "", ""))
class F:
    def __format__(self, spec): return f"F({spec!r})"
class S:
    def __str__(self): return "S-str"
class Bad:
    def __format__(self, spec): return 5
print(format(F()), format(F(), "x:y"), f"{F():a b}", "{:{}}".format(F(), "nested"), format(S()), f"{S()!s:>8}")
attempt(lambda: format(Bad()))
attempt(lambda: format(S(), "5"))
class I(int):
    def __str__(self): return "I-str"
print(format(I(5)), format(I(5), "d"), f"{I(5)}", f"{I(5):3}", str(I(5)))
class Str(str):
    def __format__(self, s): return "own " + s
print(format(Str("a"), "z"), f"{Str('a')}", "{}".format(Str("q")))
table = [("apple", 1.5, 10), ("kiwi", 0.25, 1000), ("très long", 12345.678, 5)]
for name, price, n in table:
    print(f"{name:<10}|{price:>10,.2f}|{n:>6d}|{price * n:^14.1f}|{n:#x}")
print("".join(f"{h:>{w}}" for h, w in zip(("a", "bb", "ccc"), (3, 5, 7))), f"{'=' * 20}", f"{'title':=^20}")
