# The line of a frame that is below built-in code: key functions, __repr__, signal handlers.

import sys
def key(x):
    f = sys._getframe(1)
    print(f.f_code.co_name, f.f_lineno, sys._getframe(0).f_lineno)
    return x
def outer():
    a = 1
    b = sorted([3, 1],
               key=key)
    c = 2
    return b
outer()
class A:
    def __del__(self): pass
    def __repr__(self):
        f = sys._getframe(1)
        print(f.f_lineno, f.f_code.co_name)
        return "A"
def m():
    x = 1

    y = repr(A())
    z = str([A()])
    print(list(map(key, [1])))
    return z
m()
import signal, os
def h(n, f): print("h", f.f_lineno, f.f_code.co_name)
signal.signal(10, h)
os.kill(os.getpid(), 10)
def k():
    x = 1
    os.kill(os.getpid(), 10)
    signal.raise_signal(10)
    y = 2
k()


print("end")
