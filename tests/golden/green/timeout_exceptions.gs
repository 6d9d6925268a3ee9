# rows: TMO-02 TMO-05 TMO-13 TMO-14 TMO-19
# Timeout with other exceptions; without limit; text forms; comparison.

import re
from gevent import Timeout, sleep

class MyError(Exception): pass
inst = MyError("instance")
for exc in (MyError, inst, ValueError("v"), KeyError):
    try:
        with Timeout(0.005, exc):
            sleep(5)
    except Exception as e:
        print(repr(e), e is inst)
for t in (Timeout(None), Timeout()):
    t.start()
    print(t.pending, t.seconds)
    t.cancel(); t.close()
with Timeout(None) as t:
    sleep(0.005)
print(t.pending)
for t in (Timeout(1), Timeout(2), Timeout(None), Timeout(3, False), Timeout(0.5, "why"), Timeout(0.05), Timeout(1, ValueError), Timeout(1, True), Timeout(1, ValueError("x"))):
    print(repr(str(t)), re.sub("0x[0-9a-f]+", "0x...", repr(t)), t.args)
try:
    with Timeout(0.005, "a text"):
        sleep(5)
except Timeout as e:
    print(str(e))
print(Timeout(0) < 1, Timeout(1) < Timeout(3), Timeout(1) > Timeout(0.5))
try:
    Timeout(1) <= Timeout(2)
except TypeError:
    print("TypeError")
for bad in ("a", []):
    try:
        Timeout(bad)
    except TypeError:
        print("TypeError")
for s in (0, -1):
    try:
        with Timeout(s):
            sleep(0.05)
            print("not reached")
    except Timeout as e:
        print(e)
