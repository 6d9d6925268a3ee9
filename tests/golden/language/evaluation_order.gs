# The order in which parts of expressions and statements are evaluated.

def v(x, label=None):
    print(label or x, end=" ")
    return x

print("|", v(1) + v(2) * v(3) - v(4))
print("|", [v(1), v(2), *v([3]), v(4)])
print("|", {v("a"): v(1), **v({"b": 2}), v("c"): v(3)})
print("|", v((lambda *a, **k: (a, k)), "f")(v(1), *v((2,)), v(3), k=v("k"), **v({"z": 0})))
print("|", v(2, "yes") if v(1, "cond") else v(3, "no"))
print("|", v([1, 2, 3], "list")[v(0, "lo"):v(2, "hi"):v(1, "step")])
class O: pass
o = O()
v(o, "obj").attr = v(5, "value")
print()
d = {}
v(d, "d")[v("k")] = v(5)
print()
d2 = {"k": 1}
v(d2, "d2")[v("k")] += v(10)
print(d2)
a = [0, 0]
i = 0
i = a[i] = 1
print(i, a)
v(d, "d")[v("x")], v(o, "o").z = v((1, 2), "right")
print()
print("|", v(1) < v(3) < v(2) < v(9))
print("|", v("%s %s", "fmt") % (v(1), v(2)))
print("|", not v(0), -v(1), ~v(2))
print("|", v(2, "base") ** v(3, "exp"), v(1) and v(0) or v(5))
print("|", f"{v(1)}{v(2)!r:{v(3)}}")
print("|", [v(x, f"x{x}") for x in v([1, 2], "it") if v(True, "if")])
print("|", {v(k, f"k{k}"): v(k * 2, f"v{k}") for k in v((1, 2), "it")})
print("|", (lambda x=v("default"): x)())
def deco(f): print("deco applied", end=" "); return f
@v(deco, "deco")
def fn(x: v(int, "ann1") = v(1, "def"), *, k: v(str, "ann2") = v(2, "kwdef")) -> v(None, "ret"): pass
print()
class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        print("meta", sorted(kw), end=" ")
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, *a, **kw): super().__init__(*a)
@v(lambda c: c, "class deco")
class K(v(O, "base"), metaclass=v(Meta, "metaclass"), extra=v(1, "kw")):
    v("body")
print()
del v(a, "a")[v(0)], v(d, "d")[v("k")]
print(a, sorted(d))
assert v(True, "test"), v("msg")
print()
for x in v([1], "iter"):
    pass
with v(open, "expr") and __import__("io").StringIO() as f:
    pass
print()
try:
    raise v(ValueError, "exc") from v(KeyError(), "cause")
except v(ValueError, "filter"):
    print("caught")
def g():
    r = yield v(1, "y1")
    print("sent", r, end=" ")
    return v(9, "ret")
it = g()
next(it)
try:
    it.send(v("s"))
except StopIteration as e:
    print(e.value)
try:
    v(d)["missing"][v("not reached")]
except KeyError as e:
    print("KeyError", e)
try:
    v(1, "left") + v("", "right") + v("not reached")
except TypeError as e:
    print(e)
