# Dict look-ups whose keys' __eq__ change the dict.

class K:
    act = None
    def __init__(self, n): self.n = n
    def __hash__(self): return 1
    def __eq__(self, o):
        if K.act:
            f, K.act = K.act, None
            f()
        return self.n == getattr(o, "n", None)
    def __repr__(self): return f"K{self.n}"
def run(label, act, op):
    d = {K(1): "one", K(2): "two", K(3): "three"}
    K.act = lambda: act(d)
    try:
        r = op(d)
    except Exception as e:
        r = type(e).__name__, str(e)
    K.act = None
    print(label, r, d)
ops = {"get": lambda d: d.get(K(3)), "getitem": lambda d: d[K(3)], "in": lambda d: K(3) in d, "set": lambda d: d.__setitem__(K(3), "new"), "new": lambda d: d.__setitem__(K(4), "four"), "del": lambda d: d.__delitem__(K(3)), "pop": lambda d: d.pop(K(3), "gone"), "setdefault": lambda d: d.setdefault(K(3), "default")}
for name, op in ops.items():
    run(name + " clear:", lambda d: d.clear(), op)
    run(name + " add:", lambda d: d.__setitem__("x", 0), op)
    run(name + " fill:", lambda d: d.update({i: i for i in range(3)}), op)
    run(name + " del first:", lambda d: d.pop(next(iter(d))), op)
    def boom(d): raise ValueError("from eq")
    run(name + " raise:", boom, op)
