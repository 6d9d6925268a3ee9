# repr of a list, dict, set and tuple whose items' __repr__ changes the container.

class R:
    def __init__(self, act, name="R"): self.act, self.name = act, name
    def __repr__(self):
        self.act()
        return self.name
l = [1, R(lambda: l.clear()), 3]
print(l, len(l))
l = [R(lambda: l.append(9) if len(l) < 5 else None), 2]
print(l)
print(l)
l = [R(lambda: l.pop()), 2, 3]
print(l)
l = [1]
l.append(R(lambda: print("inner", l, end=" | ")))
print(l)
d = {}
d["k"] = R(lambda: None)
print(d)
d["self"] = R(lambda: print("inside", d, end=" "))
try:
    print(d)
except RecursionError as e:
    print(type(e).__name__)
t = (1, R(lambda: None, "x" * 5), (2,))
print(t)
class Str:
    def __init__(self, l): self.l = l
    def __str__(self):
        self.l.append("str ran")
        return "s"
out = []
print(Str(out), Str(out), out)
