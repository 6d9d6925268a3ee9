# list.sort while __lt__ changes the list, raises or answers inconsistently.

class V:
    act = staticmethod(lambda: None)
    def __init__(self, n): self.n = n
    def __lt__(self, o):
        V.act()
        return self.n < o.n
    def __repr__(self): return f"V{self.n}"
def attempt(act, ns=(3, 1, 2, 5, 4)):
    l = [V(n) for n in ns]
    V.act = staticmethod(lambda: act(l))
    try:
        l.sort()
        print(l)
    except Exception as e:
        print(type(e).__name__, e, len(l), sorted(v.n for v in l))
    finally:
        V.act = staticmethod(lambda: None)
attempt(lambda l: None)
attempt(lambda l: l.append(V(9)))
attempt(lambda l: l.clear())
attempt(lambda l: l.__len__())
attempt(lambda l: 1 / 0)
n = [0]
def later(l):
    n[0] += 1
    if n[0] == 6: raise ValueError("sixth comparison")
attempt(later)
class Random:
    def __init__(self, n): self.n = n
    seed = 1
    def __lt__(self, o):
        Random.seed = Random.seed * 1103515245 + 12345 & 0x7fffffff
        return Random.seed & 4 != 0
items = [Random(i) for i in range(200)]
items.sort()
print(len(items), sorted(i.n for i in items) == list(range(200)))
class Always:
    def __lt__(self, o): return True
class Never:
    def __lt__(self, o): return False
print(len(sorted(Always() for _ in range(100))), len(sorted(Never() for _ in range(100))))
class NoneLt:
    def __lt__(self, o): return None
class BadBool:
    def __lt__(self, o): return self
    def __bool__(self): raise TypeError("no truth")
print(len(sorted([NoneLt(), NoneLt()])))
try:
    sorted([BadBool(), BadBool()])
except TypeError as e:
    print(e)
