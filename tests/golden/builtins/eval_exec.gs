# eval, exec, compile, globals, locals: namespaces, closures, return values, errors.

x = 10
print(eval("x + 1"), eval("  x"), eval("[i for i in range(x)][:3]"), eval("y", {"y": 5}), eval("a + b", {"a": 1}, {"b": 2}), eval("(lambda q: q * x)(3)"), eval("x if x else 0"), eval(b"1 + 1"), eval("'é'"), eval("\n1\n" .strip()))
exec("z = x * 2\nprint('in exec', z)")
print(z)
ns = {}
exec("def f(n): return n * k\nk = 3\nclass C:\n    v = f(2)", ns)
print(ns["f"](5), ns["C"].v, sorted(k for k in ns if k != "__builtins__"), "__builtins__" in ns)
g, l = {"p": 1}, {}
exec("q = p + 1\nglobal r\nr = 9", g, l)
print(l, g["r"], "q" in g)
def func():
    loc = 5
    exec("loc = 6; fresh = 1")
    print(loc, eval("loc"), "fresh" in locals())
    d = {}
    exec("fresh = loc + 1", globals(), {**locals()})
    exec("out = loc", {"loc": loc}, d)
    return d
print(func())
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e if not isinstance(e, SyntaxError) else "")
attempt(lambda: eval("x ="))
attempt(lambda: eval("x = 1"))
attempt(lambda: eval("import math"))
attempt(lambda: eval(""))
attempt(lambda: eval("undefined_xyz"))
attempt(lambda: eval(5))
attempt(lambda: eval("1", 5))
attempt(lambda: eval("1", {}, 5))
attempt(lambda: exec("1", []))
attempt(lambda: exec("if"))
attempt(lambda: exec(5))
attempt(lambda: exec("raise ValueError('inside')"))
attempt(lambda: eval("1 / 0"))
attempt(lambda: eval("len([])", {"__builtins__": {}}))
attempt(lambda: eval("1 + 1", {"__builtins__": {}}))
attempt(lambda: compile("1", "f", "nope"))
attempt(lambda: compile("1 +", "f", "eval"))
attempt(lambda: compile("1"))
c = compile("x + y", "<expr>", "eval")
print(eval(c, {"x": 1, "y": 2}), eval(c, {"x": "a", "y": "b"}), type(c).__name__, c.co_filename)
s = compile("a = 1\nb = a + 1", "<stmts>", "exec")
d = {}
exec(s, d)
print(d["b"], eval(s, d))
single = compile("1 + 2", "<single>", "single")
exec(single)
exec(compile("None\n", "<s>", "single"))
exec(compile("for i in range(2): i * 10\n", "<s>", "single"))
class Map(dict):
    def __missing__(self, k): return f"<{k}>"
print(eval("foo + bar", {}, Map(foo="F")))
m = Map()
exec("made = other", {}, m)
print(dict(m))
exec("x = 'changed by exec'")
print(x)
globals()["new_name"] = 1
print(new_name, locals() is globals(), "attempt" in globals())
def make(expr): return eval(f"lambda v: {expr}")
print([make(e)(4) for e in ("v + 1", "v ** 2", "-v")])
fs = {}
for name, op in (("add", "+"), ("sub", "-")):
    exec(f"def {name}(a, b): return a {op} b", fs)
print(fs["add"](5, 3), fs["sub"](5, 3), fs["add"].__module__ if "__name__" in fs else fs["add"].__name__)
print(eval("[x for x in 'ab' if x != skip]", {"skip": "a"}), eval("(yield_ := 5)"), eval("{**a}", {"a": {1: 2}}), eval("f'{v:>4}'", {"v": 7}))
print([eval(s) for s in ("None", "...", "1_000", "0x1F", "'a' 'b'", "(1,)", "{}", "{*()}", "not 1", "1 < 2 < 3")])
try:
    exec("def broken():\n    return undefined_thing\nbroken()")
except NameError as e:
    print(e)
exec("try:\n    1/0\nexcept ZeroDivisionError as e:\n    print('handled', e)\nelse:\n    print('no')")
