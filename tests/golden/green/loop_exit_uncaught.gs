# exit: 1
# rows: HUB-10
# An uncaught LoopExit ends the program with status 1. Only the status and standard output matter here.

import sys
from gevent.event import Event
from gevent.hub import LoopExit
print("before")
try:
    Event().wait()
except LoopExit as e:
    sys.stderr.write("LoopExit: " + str(e).split("\n")[0] + "\n")
    sys.exit(1)
