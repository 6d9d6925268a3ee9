# What a class body may hold: any statement, conditionals, loops, nested functions, locals().

import sys
class C:
    print("running the body")
    n = 0
    for n in range(3):
        pass
    if n == 2:
        def picked(self): return "two"
    else:
        def picked(self): return "other"
    squares = [i * i for i in range(4)]
    try:
        1 / 0
    except ZeroDivisionError as err:
        caught = str(err)
    with_names = sorted(k for k in locals() if not k.startswith("__"))
    del n
    import math as _math
    root = staticmethod(_math.sqrt)
    lam = lambda self, x: x + 1
    x: int = 5
    y: "str"
    while True:
        z = 1
        break
    a, *b = 1, 2, 3
    match a:
        case 1: matched = True
    class Inner:
        def who(self): return __class__.__name__
    def __call__(self): return "called"
c = C()
print(c.picked(), C.squares, C.caught, C.with_names, hasattr(C, "n"), C.root(16), c.lam(1), C.__annotations__, C.b, C.matched)
print(C.Inner().who(), c(), C.__qualname__, C.Inner.__qualname__, C.__module__)
print(sorted(k for k in vars(C) if not k.startswith("_")))

def make(base, value):
    class Made(base):
        attr = value
        other = "own"
        def get(self): return value, self.other
    return Made
M = make(list, 3)
print(M.attr, M().get(), M.__qualname__, M([1, 2]))
class Exec:
    exec("made = 1 + 1")
print(Exec.made)
class Dyn:
    for name in ("alpha", "beta"):
        locals()[name] = lambda self, name=name: name
    del name
print(Dyn().alpha(), Dyn().beta())
class Order:
    z = 1; a = 2; m = 3
print([k for k in Order.__dict__ if not k.startswith("__")])
try:
    class Broken:
        before = 1
        undefined_name
except NameError as e:
    print(e, "Broken" in globals())
class Same:
    x = 1
    def f(self): return self.x
    g = f
    f.tag = "t"
print(Same().g(), Same.g.tag, Same.f is Same.g)
class Recursive:
    def me(self): return Recursive
    name = __qualname__
    mod = __module__
print(Recursive().me() is Recursive, Recursive.name, Recursive.mod)
