# < of lists: the first difference decides, __lt__ and __eq__ change the lists.

log = []
class V:
    def __init__(self, n, act=None): self.n, self.act = n, act
    def __eq__(self, o):
        log.append(f"eq{self.n}")
        if self.act: self.act()
        return self.n == getattr(o, "n", o)
    def __lt__(self, o):
        log.append(f"lt{self.n}")
        return self.n < getattr(o, "n", o)
    __hash__ = None
a = [V(1), V(2), V(5)]
b = [V(1), V(2), V(3)]
print(a < b, log); log.clear()
a = [V(1, lambda: a.clear()), V(2)]
print(a < [V(1), V(3)], len(a), log); log.clear()
a = [V(1), V(2, lambda: b.clear())]
b = [V(1), V(9), V(3)]
print(a < b, len(b), log); log.clear()
a = [V(1, lambda: b.append(V(4)))]
b = [V(1)]
print(a < b, len(b), log); log.clear()
t = (V(1), V(2))
print(t < (V(1), V(3)), t == (V(1), V(2)), log)
