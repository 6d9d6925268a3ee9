# exit: 3
# sys.exit with a number: finally blocks run, nothing is printed.

import sys
try:
    sys.exit(3)
finally:
    print("finally")
