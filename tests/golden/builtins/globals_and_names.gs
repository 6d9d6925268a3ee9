# Built-in names: what exists, __builtins__, shadowing, __import__, __build_class__ unseen, help of doc strings.

import builtins
names = "abs all any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__ __build_class__ True False None Ellipsis NotImplemented __debug__ __name__ __doc__".split()
print([n for n in names if not hasattr(builtins, n)])
print(builtins.len is len, builtins.__name__, "print" in dir(builtins))
builtins.shared_everywhere = 5
print(shared_everywhere)
def f(): return shared_everywhere
print(f())
del builtins.shared_everywhere
try:
    f()
except NameError as e:
    print(e)
def shadow():
    max = lambda *a: "shadowed"
    return max(1, 2)
print(shadow(), max(1, 2))
list_ = list
list = "now a string"
print(list, list_("ab"))
del list
print(list("cd"))
int, str = str, int
print(int(5) + "!", str("6") + 1)
del int, str
print(int("5"))
old = builtins.len
builtins.len = lambda x: 42
print(len("abc"), old("abc"))
builtins.len = old
print(len("abc"))
True_ = True
try:
    exec("True = 1")
except SyntaxError as e:
    print("SyntaxError")
print(__name__, type(__builtins__).__name__, len.__doc__ is not None, __debug__)
print(f.__globals__ is globals(), f.__builtins__ is builtins.__dict__)
