# exec, eval, globals() and class bodies that change the namespace being used.

x = 1
def loop():
    out = []
    for i in range(3):
        exec("global x\nx += 1")
        out.append(x)
    return out
print(loop(), x)
class NS(dict):
    def __missing__(self, k):
        if k in ("sorted", "str"): raise KeyError(k)
        self[k] = f"made {k}"
        return dict.__getitem__(self, k)
    def __getitem__(self, k):
        if k == "del_me": self.clear()
        return super().__getitem__(k)
ns = NS(a=1)
exec("r = [a, b, del_me]\ns = sorted(str(c) for c in [c])", {}, ns)
print(ns)
g = {"n": 3}
exec("def f():\n    global n\n    if n: n -= 1; return [n] + f()\n    return []", g)
print(g["f"](), g["n"])
code = compile("depth += 1\nif depth < 4: exec(code)", "<again>", "exec")
depth = 0
exec(code)
print(depth)
def f(): return "old"
def caller(): return f(), replace(), f()
def replace():
    globals()["f"] = lambda: "new"
    return "swapped"
print(caller())
class Body:
    a = 1
    locals_seen = sorted(k for k in vars() if not k.startswith("_"))
    exec("b = a + 1")
    c = b + 1
print(Body.c, Body.locals_seen)
names = []
for k in list(globals()):
    if k == "names": globals()["fresh"] = 1
print(fresh)
def deleter():
    del globals()["x"]
    try:
        return x
    except NameError as e:
        return str(e)
print(deleter())
import builtins
def use(): return magic_name
builtins.magic_name = "from builtins"
first = use()
magic_name = "from globals"
second = use()
del magic_name
third = use()
del builtins.magic_name
try:
    use()
except NameError as e:
    print(first, second, third, e)
