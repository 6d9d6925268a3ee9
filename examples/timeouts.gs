# Timeouts: around a block, around a call, silent ones, nested ones, and on a socket.
#
#   gscript examples/timeouts.gs

from gevent import Timeout, sleep, socket, spawn, with_timeout
from gevent.queue import Empty, Queue


def slow(seconds, answer="done"):
    sleep(seconds)
    return answer


# Around a block: the exception is the Timeout itself.
try:
    with Timeout(0.05) as limit:
        slow(5)
except Timeout as expired:
    print("a block took too long:", expired, expired is limit)

# With an exception of your own.
try:
    with Timeout(0.05, TimeoutError("the database does not answer")):
        slow(5)
except TimeoutError as error:
    print(type(error).__name__, error)

# Silent: the block is left, the program goes on.
with Timeout(0.05, False):
    slow(5)
    print("not reached")

# Around a call, with a value instead of an exception.
print(with_timeout(0.05, slow, 5, timeout_value="no answer"))
print(with_timeout(5, slow, 0.01))

# Nested: the one that is due first fires, and one can tell them apart.
with Timeout(5) as outer:
    try:
        with Timeout(0.05) as inner:
            slow(10)
    except Timeout as expired:
        print("inner" if expired is inner else "outer")

# Waiting functions have a limit of their own.
try:
    Queue().get(timeout=0.05)
except Empty:
    print("nothing in the queue")
print("still running:", not spawn(slow, 5).join(timeout=0.05))

# A socket that stays silent.
left, right = socket.socketpair()
left.settimeout(0.05)
try:
    left.recv(100)
except socket.timeout as error:
    print("socket:", error)
right.sendall(b"late, but not lost")
print(left.recv(100).decode())
