# order: any
# A replacement function of re.sub that gives up control, several substitutions at once.

import re
from gevent import spawn, sleep, joinall

def work(i):
    def repl(m):
        sleep(0)
        return f"<{m.group()}{i}>"
    pattern = re.compile(r"[a-z]+|\d+")
    found = []
    for m in pattern.finditer("ab 12 cd"):
        sleep(0)
        found.append((m.group(), m.span()))
    return pattern.sub(repl, "abc 12 de 3"), re.subn(r"\d", repl, "1a2"), found

jobs = [spawn(work, i) for i in range(4)]
joinall(jobs)
for j in jobs:
    print(j.value)
