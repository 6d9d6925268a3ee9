# exit: 4
# rows: HUB-49
# The SystemExit of a greenlet comes out of the main greenlet's join.

import sys
from gevent import spawn, sleep
def leave():
    sleep(0)
    sys.exit(4)
g = spawn(leave)
try:
    g.join()
except SystemExit as e:
    print("join raised SystemExit", e.code)
    raise
