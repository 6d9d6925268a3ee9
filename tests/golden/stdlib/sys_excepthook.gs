# exit: 1
# sys.excepthook replaced: the hook reports, the status stays 1.

import sys
def hook(t, v, tb):
    print("hook:", t.__name__, v, tb.tb_lineno)
sys.excepthook = hook
print("before")
raise ValueError("uncaught")
