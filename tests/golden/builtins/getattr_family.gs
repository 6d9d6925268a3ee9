# getattr, setattr, delattr, hasattr, vars, dir with odd names and objects.

class O:
    cls_attr = 1
    def __init__(self): self.x = 5
o = O()
print(getattr(o, "x"), getattr(o, "y", None), getattr(o, "cls_attr"), hasattr(o, "x"), hasattr(o, "y"), getattr(5, "real"), getattr("abc", "upper")(), getattr(O, "cls_attr"), getattr(o, "y", default := "d"), default)
setattr(o, "y", 10)
setattr(o, "weird name!", 1)
setattr(o, "", "empty")
setattr(O, "added", lambda self: "method")
print(sorted(vars(o)), getattr(o, "weird name!"), getattr(o, ""), o.added(), vars(o) is o.__dict__)
delattr(o, "y")
print(hasattr(o, "y"))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: getattr(o, "zz"))
attempt(lambda: getattr(o))
attempt(lambda: getattr(o, 5))
attempt(lambda: getattr(o, "x", 1, 2))
attempt(lambda: setattr(o, 5, 1))
attempt(lambda: setattr(o, "x"))
attempt(lambda: setattr(5, "x", 1))
attempt(lambda: setattr(int, "x", 1))
attempt(lambda: delattr(o, "zz"))
attempt(lambda: delattr(o, 5))
attempt(lambda: hasattr(o, 5))
attempt(lambda: hasattr(o))
attempt(lambda: vars(5))
attempt(lambda: vars(o, o))
attempt(lambda: delattr(5, "real"))
attempt(lambda: setattr(o, "__class__", 5))
print([n for n in dir(o) if not n.startswith("__")], "__init__" in dir(O), dir([])[-1], "append" in dir(list), len(dir()) > 3)
def local():
    a, b = 1, 2
    return dir(), vars(), locals()
print(local())
class Sub(str): pass
print(getattr(o, Sub("x")), hasattr(o, Sub("q")))
import math
print("sqrt" in dir(math), hasattr(math, "nope"), getattr(math, "pi") > 3, vars(math)["floor"](1.5))
setattr(math, "extra", 1)
print(math.extra)
delattr(math, "extra")
attempt(lambda: math.extra)
