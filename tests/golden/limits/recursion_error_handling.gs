# What happens while a RecursionError is handled: nested handlers, finally, with, generators.

log = []
def f(n):
    try:
        f(n + 1)
    except RecursionError:
        try:
            f(n + 1)
        except RecursionError:
            log.append(n)
            raise
try:
    def once(n):
        try:
            return once(n + 1)
        except RecursionError as e:
            return repr(e)[:14]
    print(once(0))
except RecursionError:
    print("outer")
class CM:
    exits = 0
    def __enter__(self): return self
    def __exit__(self, *a): CM.exits += 1
def g(n):
    with CM():
        g(n + 1)
try:
    g(0)
except RecursionError:
    print(CM.exits > 300)
def gen(n):
    yield n
    yield from gen(n + 1)
count = 0
try:
    for x in gen(0): count += 1
except RecursionError:
    print(300 < count <= 1000)
def suppress(n):
    try:
        suppress(n + 1)
    except RecursionError:
        pass
    return "suppressed"
print(suppress(0))
e1 = None
try:
    (lambda f: f(f))(lambda f: f(f))
except RecursionError as e:
    e1 = e
n, tb = 0, e1.__traceback__
while tb: n, tb = n + 1, tb.tb_next
print(n > 900, e1.__context__ is None)
