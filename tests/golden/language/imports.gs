# import in its forms, what it binds, errors.

import math
import math as m, sys
from math import sqrt, floor as fl
from math import (pi,
                  e,)
import os.path
import os.path as osp
print(math is m, sqrt(9), fl(2.7), round(pi, 3), round(e, 3), os.path is osp, os.path.join("a", "b"))
print(type(math).__name__, math.__name__, repr(type(sys)))

def attempt(code):
    try:
        exec(code, {})
        print(code, "ok")
    except Exception as ex:
        print(code, "->", type(ex).__name__, str(ex).split(" (")[0])
attempt("import no_such_module_here")
attempt("import no_such_module_here.sub")
attempt("import math.nothing")
attempt("from math import nothing")
attempt("from no_such import x")
attempt("from math import *\nassert floor(1.5) == 1 and '__name__' not in dir() or True")
attempt("from . import x")
attempt("from .. import x")
attempt("import os.path.deeper")

def local_import():
    import json as j
    from random import Random
    return j.dumps([1]), Random.__name__
print(local_import(), "j" in globals())
class C:
    from math import gcd
    import random as r
print(C.gcd(12, 18), C.r.__name__)
print(__import__("math") is math, __import__("os.path").__name__)
for name in ("math", "json"):
    print(name in sys.modules, end=" ")
print()
try:
    import math, nothing_here_2, random
except ModuleNotFoundError as ex:
    print(ex.name, "random" in globals())
try:
    from math import sqrt as root, nope
except ImportError as ex:
    print(ex.name, ex.msg.split(" (")[0], "root" in globals())
try:
    math.nothing
except AttributeError as ex:
    print(ex)
math.added = 5
from math import added
print(added, math.added)
del math.added
print(hasattr(math, "added"))
print(__name__)
if __name__ == "__main__":
    print("main")
sys.modules["fake_module"] = 7
import fake_module
print(fake_module)
sys.modules["blocked"] = None
try:
    import blocked
except ImportError as ex:
    print(type(ex).__name__, ex)
