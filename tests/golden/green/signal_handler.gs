# rows: HUB-41
# signal_handler runs the function in a greenlet at each delivery; it may block.

import os, signal
import gevent
from gevent import sleep, signal_handler

log = []
def on_usr(a, k=None):
    log.append(("start", a, k))
    sleep(0.005)
    log.append("end")
w = signal_handler(signal.SIGUSR1, on_usr, 1, k=2)
os.kill(os.getpid(), signal.SIGUSR1)
sleep(0.1)
print(log)
w.cancel()
try:
    signal_handler(signal.SIGUSR2, 5)
except TypeError as e:
    print("TypeError")
