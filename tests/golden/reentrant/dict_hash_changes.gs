# __hash__ that changes the dict, raises or gives another value each time.

class H:
    def __init__(self, act): self.act = act
    def __hash__(self):
        self.act()
        return 7
d = {"a": 1}
d[H(lambda: d.update(b=2))] = 3
print(len(d), list(d.values()))
d = {"a": 1}
print(d.get(H(d.clear), "none"), d)
def boom(): raise KeyError("in hash")
for f in (lambda: d[H(boom)], lambda: d.get(H(boom)), lambda: H(boom) in d, lambda: d.__setitem__(H(boom), 1), lambda: {H(boom): 1}, lambda: {H(boom)}, lambda: dict([(H(boom), 1)]), lambda: d.pop(H(boom), None), lambda: d.setdefault(H(boom)), lambda: dict.fromkeys([1, H(boom)]), lambda: hash((1, H(boom))), lambda: frozenset([H(boom)]), lambda: {1}.intersection([H(boom)]), lambda: {1, 2}.difference([H(boom)])):
    try:
        f()
    except KeyError as e:
        print(e, end=" ")
print()
class Changing:
    n = 0
    def __hash__(self):
        Changing.n += 1
        return Changing.n
    def __eq__(self, o): return self is o
c = Changing()
d = {c: "first"}
print(c in d, len(d))
d[c] = "second"
print(len(d), list(d.values()))
calls = []
class Count:
    def __hash__(self):
        calls.append(1)
        return 5
k = Count()
d = {k: 1}
d[k], k in d, d.get(k)
d.pop(k)
print(len(calls))
s = {k}
calls.clear()
s2 = set(s); s3 = s | {1}; s4 = s.copy(); d = dict.fromkeys(s); d2 = dict(d); d3 = {**d}
print(len(calls), len(s3), len(d3))
