# exit: 1
# sys.exit with a text: the text goes to standard error, status 1.

import sys
def leave():
    raise SystemExit("fatal: no more disk")
try:
    leave()
except Exception:
    print("not caught by Exception")
