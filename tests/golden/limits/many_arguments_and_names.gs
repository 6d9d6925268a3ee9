# Many locals, arguments, keyword arguments, closures, class members, except clauses.

ns = {}
k = 260
exec("def f(" + ", ".join(f"a{i}" for i in range(k)) + ", *, " + ", ".join(f"k{i}=None" for i in range(k)) + "):\n    return locals()", ns)
r = ns["f"](*range(k), **{f"k{i}": i for i in range(k)})
print(len(r), r["a259"], r["k259"])
exec("def outer():\n" + "".join(f"    c{i} = {i}\n" for i in range(300)) + "    def inner():\n        return " + " + ".join(f"c{i}" for i in range(300)) + "\n    return inner", ns)
print(ns["outer"]()(), len(ns["outer"]().__closure__))
es = {f"E{i}": type(f"E{i}", (Exception,), {}) for i in range(150)}
exec("def g(x):\n    try:\n        raise x\n" + "".join(f"    except E{i}: return {i}\n" for i in range(150)), es)
print(es["g"](es["E0"]), es["g"](es["E149"]()))
exec("def w():\n    log = []\n    with " + ", ".join(f"C(log, {i}) as v{i}" for i in range(15)) + ":\n        log.append('body')\n    return log", ns)
class C:
    def __init__(self, log, n): self.log, self.n = log, n
    def __enter__(self): self.log.append(self.n)
    def __exit__(self, *a): self.log.append(-self.n)
ns["C"] = C
print(ns["w"]())
try:
    ns["f"](1)
except TypeError as e:
    print(str(e)[:60])
deep = lambda: 0
for _ in range(200): deep = (lambda f: lambda: f() + 1)(deep)
print(deep())
def v(*a, **kw): return len(a), len(kw)
print(v(*range(5000), **{f"x{i}": i for i in range(2000)}))
obj = type("Many", (), {f"attr{i}": i for i in range(2000)})()
for i in range(2000): setattr(obj, f"own{i}", i)
print(sum(getattr(obj, f"attr{i}") + getattr(obj, f"own{i}") for i in range(2000)), len(vars(obj)))
base = object
for i in range(100): base = type(f"L{i}", (base,), {f"m{i}": lambda self, i=i: i})
print(base().m0(), base().m99(), len(base.__mro__))
