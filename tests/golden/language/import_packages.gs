# Packages: __init__, submodules, relative imports, imports inside functions, attributes set by submodule imports.

import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "modules"))
import pkg
print(pkg.level, pkg.renamed, pkg.a.one, hasattr(pkg, "sub"), hasattr(pkg, "lazy"), pkg.__package__, len(pkg.__path__))
print(pkg.a.late(), hasattr(pkg, "sub"), pkg.sub.b.who.__module__)
import pkg.lazy
print(pkg.lazy.loaded)
from pkg import lazy as l2, a
from pkg.sub.b import who
import pkg.sub.b as b
print(l2 is pkg.lazy, a is pkg.a, who is b.who)
for f in (b.too_far, lambda: __import__("pkg.nothing"), lambda: __import__("pkg.a.deeper"), lambda: exec("from pkg import nothing"), lambda: exec("from . import x", {"__package__": ""}), lambda: exec("from .a import one", {"__package__": "pkg", "__name__": "pkg.x"}) or print("relative in exec works")):
    try:
        f()
    except ImportError as e:
        print(type(e).__name__, str(e).split(" (")[0])
print(sorted(m for m in sys.modules if m.split(".")[0] == "pkg"))
