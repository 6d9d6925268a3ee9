# json.dumps: every type, options, key kinds, floats, non-ASCII, errors.

import json
print(json.dumps({"a": [1, 2.5, None, True, False, "x"], "b": {"c": ()}}), json.dumps([]), json.dumps({}), json.dumps("é\n\"\\/\u2028😀\x00\x7f"), json.dumps("é😀", ensure_ascii=False), json.dumps(5), json.dumps(None), json.dumps(1e100), json.dumps(0.1), json.dumps(1e16), json.dumps(-0.0), json.dumps(10 ** 30), json.dumps((1, [2])))
print(json.dumps({1: "a", 2.5: "b", None: "c", True: "d", "k": "e"}), json.dumps(float("nan")), json.dumps([float("inf"), -float("inf")]))
print(json.dumps({"b": 1, "a": [1, {"x": 2}], "c": [], "d": {}}, indent=2))
print(json.dumps([1, [2, 3], {"k": "v"}], indent="--"), json.dumps([1, 2], indent=0), json.dumps({"a": 1}, indent=None), sep="\n")
print(json.dumps({"b": 1, "a": 2}, sort_keys=True), json.dumps([1, {"a": 2}], separators=(",", ":")), json.dumps({(1, 2): "t", "k": 1}, skipkeys=True))
class P:
    def __init__(self): self.x = 1
print(json.dumps([P(), {1}], default=lambda o: vars(o) if hasattr(o, "__dict__") else sorted(o)))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
r = []
r.append(r)
d = {}
d["d"] = [d]
for f in (lambda: json.dumps(P.__init__), lambda: json.dumps({1, 2}), lambda: json.dumps(b"x"), lambda: json.dumps({(1, 2): 1}), lambda: json.dumps(r), lambda: json.dumps(d), lambda: json.dumps(float("nan"), allow_nan=False), lambda: json.dumps({"b": 1, 2: 2}, sort_keys=True), lambda: json.dumps(object, default=lambda o: o), lambda: json.dumps(1j), lambda: json.dumps(P(), default=lambda o: 1 / 0), lambda: json.dumps([...]), lambda: json.dumps()):
    attempt(f)
class S(str): pass
class I(int):
    def __repr__(self): return "I!"
class F(float):
    def __repr__(self): return "F!"
class L(list): pass
class D(dict): pass
print(json.dumps([S("s"), I(5), F(1.5), L([1]), D(a=1), True]), json.dumps({S("k"): I(1), I(7): 2, F(2.5): 3}))
class Enc(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, complex): return [o.real, o.imag]
        return super().default(o)
print(json.dumps({"c": 1 + 2j}, cls=Enc), Enc().encode([1j]), Enc(indent=1).encode([1]), "".join(Enc().iterencode({"a": [1, 2]})))
attempt(lambda: json.dumps(object, cls=Enc))
class W:
    def __init__(self): self.s = ""
    def write(self, x): self.s += x
w = W()
json.dump({"k": [1, 2]}, w)
print(w.s)
print(json.dumps({"text": "tab\t nl\n cr\r bs\b ff\f q\" s/ b\\ u\u0001"}), json.dumps("\ud800"), json.dumps("a" * 10 + "é"))
