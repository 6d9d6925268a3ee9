# str.format: fields, indexes, attributes, conversions, nested specs, escapes, errors.

print("{} {}".format(1, 2), "{1} {0} {1}".format("a", "b"), "{x} {y}".format(x=1, y=2), "{0} {k}".format(1, k=2), "{{}} {{{}}}".format(5))
print("{0[key]} {1.real} {2[0][1]} {3[1]}".format({"key": "v"}, 3.5, [["p", "q"]], "str"))
print("{!r} {!s} {!a}".format("é", "é", "é"))
print("{:>5}|{:<5}|{:^5}|{:*^7}|{:05}|{:+}|{:,}|{:.2f}|{:x}|{:%}".format("a", "b", "c", "d", 42, 7, 1234567, 3.14159, 255, 0.25))
print("{:{}}|{:{w}.{p}f}|".format("a", 5, 3.14159, w=8, p=2))
print("{0:{1}{2}}|{0!r:>{2}}".format("x", "^", 5))
class P:
    x, y = 3, {"k": [7]}
    def __format__(self, spec): return f"P<{spec}>"
print("{0.x} {0.y[k][0]} {0} {0:abc} {0:{1}}".format(P(), "spec"), "{p.x:03}".format(p=P()))
print("{:s} {:5s}|{:.2s}|{:5.1s}|{:<5}{:c}".format("a", "b", "cde", "fgh", "n", 65))
print("{0}{0}{0}".format("ab"), "{}".format([1, "x"]), "{:}".format(None), "{!r:>6}".format("a"), "{:^{n}}|".format("mid", n=9), "{[a]}".format({"a": 1}), "{[0]}".format([9]), "{a[b]}".format(a={"b": 2}))
def attempt(s, *a, **k):
    try:
        print(s.format(*a, **k))
    except Exception as e:
        print(repr(s), "->", type(e).__name__, e)
attempt("{}")
attempt("{} {}", 1)
attempt("{1}", 1)
attempt("{x}", 1)
attempt("{", 1)
attempt("}", 1)
attempt("{0", 1)
attempt("{!x}", 1)
attempt("{!}", 1)
attempt("{!rr}", 1)
attempt("{} {0}", 1)
attempt("{0} {}", 1)
attempt("{0.nope}", 1)
attempt("{0[5]}", [1])
attempt("{0[k]}", {})
attempt("{0[k]}", [1])
attempt("{0[}", [1])
attempt("{0[]}", [1])
attempt("{0.}", 1)
attempt("{:d}", "x")
attempt("{:5}", [])
attempt("{:z}", 1)
attempt("{0!r:d}", 1)
attempt("{:{:{}}}", 1, 2, 3)
attempt("{a b}", **{"a b": 1})
attempt("{-1}", 1)
attempt("{0x}", 1)
attempt("{:.{}}", "abcdef", 2)
attempt("{0}{", 1)
attempt("{0}}", 1)
attempt("{}{a}", 1, a=2)
print(format("abc", ">6"), format("abc", ".2"), format("abc", "*^9.2"), format("abc", ""), format("é", "é^5"), format("abc", "6") + "|", format("abc", "<06"), format("a", "05"))
for spec in ("d", "=5", "+", ",", "#", " ", "q", ".x", "5.5.5"):
    try:
        print(format("abc", spec))
    except ValueError as e:
        print(spec, "->", e)
