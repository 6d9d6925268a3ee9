# rows: HUB-03
# When the main greenlet ends the program ends; other greenlets get no further turn.

from gevent import spawn, sleep

def never():
    try:
        sleep(10)
        print("not printed")
    finally:
        print("not printed either")
spawn(never)
sleep(0)
print("main ends")
