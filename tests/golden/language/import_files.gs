# Importing files: run once, sys.modules, globals of modules, from-imports copy bindings, star imports, module __getattr__.

import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "modules"))
import plain
import plain as again
from plain import value, bump
print(plain is again, value, bump(), plain.value, value, plain.__name__, plain.__doc__, sys.modules["plain"] is plain, os.path.basename(plain.__file__))
del sys.modules["plain"]
import plain as fresh
print(fresh is plain, fresh.value, plain.value)
from star import *
from starless import *
print(shown, also, "hidden" in globals(), "_under" in globals(), visible, "_invisible" in globals())
try:
    from star import missing
except ImportError as e:
    print(str(e).split(" (")[0], e.name)
import dynamic
from dynamic import dyn_hello
print(dynamic.dyn_abc, dyn_hello, dir(dynamic))
try:
    dynamic.other
except AttributeError as e:
    print(e)
plain.new_attr = 5
print(plain.new_attr, "new_attr" in vars(plain))
def inside():
    import starless as s
    return s.visible
print(inside(), type(plain), repr(plain).split(" from ")[0])
import importlib
print(importlib.import_module("star").hidden, importlib.reload(fresh) is fresh, fresh.value)
