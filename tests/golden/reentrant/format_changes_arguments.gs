# str.format and % whose arguments change the containers they come from.

d = {"a": 1, "b": 2}
class F:
    def __format__(self, spec):
        d["b"] = "changed"
        return "F"
    def __str__(self):
        d["b"] = "changed by str"
        return "S"
d["a"] = F()
print("{a} {b}".format(**d), "{a} {b}".format_map(d))
d["b"] = 2
print("%(a)s %(b)s" % d)
l = [1, 2]
class G:
    def __format__(self, spec):
        l.clear()
        return "G"
l[0] = G()
try:
    print("{0[0]} {0[1]}".format(l))
except IndexError as e:
    print(e, l)
class A:
    n = 0
    @property
    def x(self):
        A.n += 1
        return A.n
    def __getitem__(self, k):
        A.n += 10
        return f"{k}:{A.n}"
print("{0.x} {0[k]} {0.x} {0[5]}".format(A()))
class W:
    def __format__(self, s): return f"<{s}>"
    def __index__(self): return 6
    def __str__(self): return "w"
print("{:{}}".format(W(), W()), "%*d" % (6, 5), f"{W():{W()}}")
x = "{}"
class X:
    def __format__(self, s): return x.format("inner")
print(x.format(X()))
