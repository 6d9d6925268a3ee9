# exit: 3
# rows: HUB-17
# sys.exit in a greenlet ends the program with that status.

import sys
from gevent import spawn, sleep
def leave():
    sleep(0)
    print("leaving")
    sys.exit(3)
spawn(leave)
try:
    sleep(5)
finally:
    print("finally of main")
