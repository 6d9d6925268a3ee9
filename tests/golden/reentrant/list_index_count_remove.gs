# list.index, count, remove, in: __eq__ shrinks, grows or replaces the list.

class Evil:
    def __init__(self, f, answer=False): self.f, self.answer = f, answer
    def __eq__(self, other):
        self.f()
        return self.answer
def attempt(name, f, l):
    try:
        print(name, f(), len(l))
    except Exception as e:
        print(name, type(e).__name__, e, len(l))
for name in ("index", "count", "remove", "__contains__"):
    l = list(range(10))
    l[2] = Evil(l.clear)
    attempt(name + " clear", lambda: getattr(l, name)(99), l)
    l = list(range(5))
    l[2] = Evil(lambda: l.append(99) if len(l) < 8 else None)
    attempt(name + " grow", lambda: getattr(l, name)(99), l)
    l = list(range(5))
    l[1] = Evil(lambda: l.pop(0), True)
    attempt(name + " pop and match", lambda: getattr(l, name)(99), l)
    l = list(range(5))
    l[0] = Evil(lambda: l.__setitem__(slice(1, 3), []))
    attempt(name + " cut", lambda: getattr(l, name)(4), l)
x = [1, 2, 3]
class Arg:
    def __repr__(self): return 'Arg'
    def __eq__(self, o):
        x.append(o) if len(x) < 6 else None
        return False
attempt("argument compares", lambda: x.index(Arg()), x)
print(x)
