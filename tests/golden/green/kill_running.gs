# rows: GRN-22 GRN-23 GRN-24 GRN-25 GRN-83
# kill raises inside the target; finally and with run; what the outcome is; killing twice.

from gevent import spawn, sleep, GreenletExit, Timeout
from gevent import get_hub
get_hub().exception_stream = None

log = []
class CM:
    def __enter__(self): log.append("enter")
    def __exit__(self, t, v, tb): log.append(("exit", t.__name__))
def work():
    try:
        with CM():
            sleep(10)
    except Exception:
        log.append("Exception must not catch it")
    finally:
        log.append("finally")
g = spawn(work)
sleep(0)
print(g.kill(), log, g.successful(), type(g.value).__name__, g.exception, type(g.get()).__name__, g.kill(), g.kill(ValueError))
class MyExit(GreenletExit): pass
for exc in (MyExit, MyExit("x"), ValueError, ValueError("inst"), KeyError("k"), Timeout(5), BaseException("base")):
    g = spawn(sleep, 10)
    sleep(0)
    g.kill(exc)
    print(g.successful(), repr(g.value), repr(g.exception) if not isinstance(g.exception, Timeout) else "timeout", g.dead)
def converts():
    try:
        sleep(10)
    except GreenletExit:
        raise ValueError("converted")
def returns():
    try:
        sleep(10)
    except GreenletExit:
        return "returned"
def returns_exc():
    try:
        sleep(10)
    except GreenletExit as e:
        return e
for f in (converts, returns, returns_exc):
    g = spawn(f)
    sleep(0)
    g.kill()
    print(f.__name__, g.successful(), repr(g.value), repr(g.exception))
print(issubclass(GreenletExit, BaseException), issubclass(GreenletExit, Exception))
