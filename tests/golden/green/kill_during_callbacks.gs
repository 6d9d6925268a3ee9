# A kill that arrives inside a key function, an __eq__ or a generator unwinds through the built-in.

from gevent import spawn, sleep, GreenletExit

log = []
def key(v):
    try:
        sleep(5)
    except GreenletExit:
        log.append("in key")
        raise
class E:
    def __eq__(self, o):
        try:
            sleep(5)
        finally:
            log.append("in eq")
def gen():
    try:
        sleep(5)
        yield 1
    finally:
        log.append("in generator")
class R:
    def __repr__(self):
        try:
            sleep(5)
        finally:
            log.append("in repr")
data = [3, 1, 2]
for f in (lambda: data.sort(key=key), lambda: [1, 2].index(E()), lambda: list(gen()), lambda: str([R()]), lambda: max(gen()), lambda: [x for x in gen()], lambda: dict.fromkeys(gen()), lambda: sorted(data, key=key)):
    g = spawn(f)
    sleep(0)
    g.kill()
    print(log, type(g.value).__name__, data)
    log.clear()
