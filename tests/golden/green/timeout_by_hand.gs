# rows: TMO-09 TMO-10 TMO-11 TMO-15
# start, cancel, close, start_new; the timer belongs to the greenlet that started it.

from gevent import Timeout, sleep, spawn, joinall

t = Timeout(0.01)
print(t.pending, t.start(), t.pending)
try:
    sleep(5)
except Timeout as e:
    print(e is t, t.pending)
finally:
    t.close()
t = Timeout(5)
t.start()
try:
    t.start()
except AssertionError as e:
    print("AssertionError")
t.cancel()
print(t.pending, t.cancel())
t.start()
print(t.pending)
t.close()
print(t.pending, t.close())
try:
    t.start()
except AssertionError as e:
    print(e)
t = Timeout.start_new(0.01)
try:
    sleep(5)
except Timeout as e:
    print(e is t)
t2 = Timeout.start_new(5, ValueError)
print(t2.pending, t2.exception, Timeout.start_new(t2) is t2)
t2.cancel()
n = Timeout.start_new(None)
print(n.pending)
fired = []
def owner():
    t = Timeout.start_new(0.015)
    try:
        sleep(5)
    except Timeout as e:
        fired.append(e is t)
def bystander():
    sleep(0.05)
    return "undisturbed"
a, b = spawn(owner), spawn(bystander)
joinall([a, b])
print(fired, b.value)
def leaves_it_running():
    Timeout.start_new(0.01)
spawn(leaves_it_running).join()
sleep(0.05)
print("owner had ended: nothing happened")
kept = []
def starter():
    kept.append(Timeout.start_new(5))
spawn(starter).join()
kept[0].cancel()
print(kept[0].pending)
