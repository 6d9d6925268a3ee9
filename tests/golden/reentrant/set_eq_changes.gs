# Set operations whose elements' __eq__ change the set.

class K:
    act = None
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, o):
        if K.act:
            f, K.act = K.act, None
            f()
        return self.n == getattr(o, "n", None)
def run(label, act, op):
    s = {K(1), K(2), K(3)}
    K.act = lambda: act(s)
    try:
        r = op(s)
        r = sorted(k.n for k in r) if isinstance(r, set) else r
    except Exception as e:
        r = type(e).__name__, str(e)
    K.act = None
    print(label, r, len(s))
ops = {"in": lambda s: K(3) in s, "add": lambda s: s.add(K(3)), "discard": lambda s: s.discard(K(3)), "and": lambda s: s & {K(3)}, "or": lambda s: s | {K(9)}, "eq": lambda s: s == {K(1), K(2), K(3)}, "isdisjoint": lambda s: s.isdisjoint([K(7)])}
def boom(s): raise ValueError("eq failed")
for name, op in ops.items():
    run(name + " nothing", lambda s: None, op)
    run(name + " raise", boom, op)
for name in ("in", "add", "discard"):
    run(name + " clear", lambda s: s.clear(), ops[name])
    run(name + " grow", lambda s: s.update(range(3)), ops[name])
