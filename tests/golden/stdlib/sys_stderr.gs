# Writing to standard error beside standard output.

import sys
print("to stdout")
print("to stderr", file=sys.stderr)
sys.stderr.write("written é\n")
print("both", file=sys.stdout)
sys.stderr.flush()
