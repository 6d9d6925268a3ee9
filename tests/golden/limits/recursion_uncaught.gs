# exit: 1
# An error raised from a deep recursion that was caught.

import sys
sys.setrecursionlimit(100)
def down(n):
    return down(n + 1)
try:
    down(0)
except RecursionError as e:
    raise ValueError("too deep") from None
