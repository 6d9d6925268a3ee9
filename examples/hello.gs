# The first program.
#
#   gscript examples/hello.gs
#   gscript examples/hello.gs Ada Grace

import sys


def greet(name):
    return f"Hello, {name}!"


names = sys.argv[1:] or ["world"]
for name in names:
    print(greet(name))
