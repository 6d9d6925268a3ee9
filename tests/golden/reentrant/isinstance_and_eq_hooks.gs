# __instancecheck__, __subclasscheck__, __eq__ and __contains__ that use the same test again.

class Meta(type):
    depth = 0
    def __instancecheck__(cls, o):
        Meta.depth += 1
        try:
            return isinstance(o, int) or (Meta.depth < 5 and isinstance(o[0], cls))
        except TypeError:
            return False
        finally:
            Meta.depth -= 1
class Deep(metaclass=Meta): pass
print(isinstance(5, Deep), isinstance([[5]], Deep), isinstance([["x"]], Deep), isinstance(None, Deep), Meta.depth)
try:
    try:
        raise ValueError("v")
    except Exception as e:
        if isinstance(e, Deep): print("no")
        raise KeyError("k")
except (KeyError,) as e:
    print(repr(e), repr(e.__context__))
class Eq:
    n = 0
    def __eq__(self, o):
        Eq.n += 1
        return Eq.n > 3 or self == o
print(Eq() == Eq(), Eq.n)
class In:
    def __init__(self, xs): self.xs = xs
    def __contains__(self, x): return x in self.xs or any(x in y for y in self.xs if isinstance(y, In))
print(5 in In([1, In([2, In([5])])]), 6 in In([In([])]))
class Case:
    __match_args__ = ("v",)
    def __init__(self, v): self.v = v
    def __eq__(self, o):
        match o:
            case Case(v): return self.v == v
            case int(n): return self == Case(n)
        return NotImplemented
print(Case(1) == 1, Case(1) == Case(2), Case(Case(3)) == Case(3), Case(1) == "x", [Case(1), Case(2)].index(2))
class H:
    def __init__(self, *kids): self.kids = kids
    def __hash__(self): return hash(("H",) + tuple(map(hash, self.kids)))
    def __eq__(self, o): return isinstance(o, H) and self.kids == o.kids
t = H(H(), H(H(), H()))
print(t == H(H(), H(H(), H())), {t: "found"}[H(H(), H(H(), H()))], len({t, H(H(), H(H(), H())), H()}))
def check(xs):
    return [x for x in xs if x in [y for y in xs if y == x]]
print(len(check([Case(i) for i in range(4)])))
