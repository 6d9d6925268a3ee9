# sys.exit() and SystemExit(None), caught and uncaught: status 0.

import sys
for arg in (None, 0, 5, "text", (1, 2)):
    try:
        sys.exit(arg)
    except SystemExit as e:
        print(repr(e), e.code)
try:
    sys.exit(1, 2)
except TypeError as e:
    print(e)
try:
    exit(4)
except SystemExit as e:
    print(e.code)
sys.exit()
