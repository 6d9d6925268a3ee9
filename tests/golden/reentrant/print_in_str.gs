# print, format and % called inside __str__, __repr__ and __format__.

class P:
    def __init__(self, n): self.n = n
    def __str__(self):
        print(f"<str {self.n}>", end="")
        return f"P{self.n}"
    def __repr__(self):
        print("<repr %s>" % self.n, end="")
        return "R%d" % self.n
    def __format__(self, spec):
        print("<format {}>".format(self.n), end="")
        return f"{self.n:{spec or 'd'}}"
print(P(1), P(2), sep=", ")
print([P(3), P(4)])
print(f"{P(5)} {P(6):>4} {P(7)!s} {P(8)!r}")
print("%s %r" % (P(9), P(10)))
print("{} {:03}".format(P(11), P(12)))
class Tree:
    def __init__(self, *kids): self.kids = kids
    def __str__(self): return "(" + " ".join(str(k) for k in self.kids) + ")"
print(Tree(Tree(), Tree(Tree(), 5)), str(Tree(P(13))))
class Log:
    def __init__(self): self.lines = []
    def write(self, s):
        self.lines.append(s)
        if s == "outer": print("inner", file=self)
log = Log()
print("outer", file=log)
print(log.lines)
class Join:
    def __iter__(self):
        yield ",".join(f"{x}" for x in (1, 2))
        yield "-".join(map(str, [P(14)]))
print("|".join(Join()))
