# rows: HUB-40
# SIGINT while the main greenlet waits raises KeyboardInterrupt in it promptly; others live on.

import os
from gevent import spawn, sleep, get_hub
get_hub().exception_stream = None

log = []
def other():
    sleep(0.2)
    log.append("other lives on")
g = spawn(other)
os.system(f"(sleep 0.25; kill -INT {os.getpid()}) &")
try:
    sleep(10)
    print("not reached")
except KeyboardInterrupt as e:
    print(type(e).__name__, isinstance(e, Exception))
g.join()
print(log)
