# order: any
# exec and eval of code that gives up control, each with its own namespace.

from gevent import spawn, sleep, joinall

code = compile("""
out = []
for i in range(3):
    sleep(0)
    out.append(i * n)
def f(x):
    sleep(0)
    return x + n
r = f(1)
class C:
    sleep(0)
    v = n
""", "<shared>", "exec")

def work(n):
    ns = {"sleep": sleep, "n": n}
    exec(code, ns)
    e = eval("[sleep(0) or x for x in range(n)]", {"sleep": sleep}, {"n": n}) if n < 0 else eval("sleep(0) or n * 2", {"sleep": sleep, "n": n})
    return ns["out"], ns["r"], ns["C"].v, e

jobs = [spawn(work, n) for n in range(5)]
joinall(jobs)
for j in jobs:
    print(j.value)
