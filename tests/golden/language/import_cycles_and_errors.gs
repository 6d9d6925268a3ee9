# Cycles of imports, modules that fail while they run, syntax errors in modules.

import os, sys
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "modules"))
import cyc_a
print(cyc_a.second)
for _ in range(2):
    try:
        import raises
    except KeyError as e:
        print("KeyError", e, "raises" in sys.modules, "raises" in globals())
try:
    import bad_syntax
except SyntaxError as e:
    print(type(e).__name__, os.path.basename(e.filename), e.lineno, "bad_syntax" in sys.modules)
try:
    import no_such_file
except ModuleNotFoundError as e:
    print(e, e.name)
