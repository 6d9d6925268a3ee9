# rows: GRN-10 GRN-11 GRN-12 GRN-13
# The report of a failing greenlet on standard error; the others and the program go on.

from gevent import spawn, sleep, joinall

def fail(x, y=None):
    sleep(0)
    raise ValueError(f"cannot {x}")
def fine():
    sleep(0.01)
    return "fine"
g, h = spawn(fail, "swim", y=[1, 2]), spawn(fine)
joinall([g, h])
print(h.value, g.successful(), repr(g.exception))
for _ in range(2):
    try:
        g.get()
    except ValueError as e:
        print("get raises", e, e is g.exception)
