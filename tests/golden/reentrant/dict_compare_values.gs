# == of dicts and of views while __eq__ of the values changes them.

class V:
    def __init__(self, act): self.act = act
    def __eq__(self, o):
        self.act()
        return True
def run(act):
    a = {i: i for i in range(4)}
    b = {i: i for i in range(4)}
    a[1] = V(lambda: act(a, b))
    try:
        print(a == b, len(a), len(b))
    except Exception as e:
        print(type(e).__name__, e)
run(lambda a, b: None)
run(lambda a, b: b.clear())
run(lambda a, b: b.pop(3, None))
run(lambda a, b: b.__setitem__("new", 1))
def boom(a, b): raise KeyError("in eq")
run(boom)
a, b = {1: V(lambda: None)}, {1: 2}
print(a.items() == b.items(), a.keys() == b.keys(), a != b, (1, 2) in a.items())
r1, r2 = {}, {}
r1["r"], r2["r"] = r1, r2
try:
    r1 == r2
except RecursionError as e:
    print(type(e).__name__)
