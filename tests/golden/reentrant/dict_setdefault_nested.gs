# setdefault, |= and += on items whose evaluation touches the same dict.

d = {}
def make(k, depth=0):
    if depth < 3:
        d.setdefault(f"{k}.{depth}", make(k, depth + 1))
    return depth
d.setdefault("top", make("x"))
print(d)
class Acc:
    def __init__(self): self.n = 0
    def __iadd__(self, x):
        d.pop("acc", None)
        self.n += x
        return self
d["acc"] = Acc()
d["acc"] += 5
print(d["acc"].n, list(d)[-1])
def value():
    d["late"] = "set while evaluating"
    return 1
d["late2"] = value()
print(list(d)[-2:])
d = {"n": 1}
def change():
    d["n"] = 100
    return 1
d["n"] += change()
print(d)
l = [0]
def grow():
    l.append(5)
    return 7
l[0] += grow()
print(l)
class Missing(dict):
    def __missing__(self, k):
        if k > 0: self[k] = self[k - 1] + 1
        else: self[k] = 0
        return dict.__getitem__(self, k)
m = Missing()
print(m[20], len(m), list(m)[:3])
