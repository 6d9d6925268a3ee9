# order: any
# Hooks of json that give up control.

import json
from gevent import spawn, sleep, joinall

class O:
    def __init__(self, n): self.n = n
def default(o):
    sleep(0)
    return {"o": o.n}
def hook(d):
    sleep(0)
    return ("hooked", sorted(d.items()))

def work(i):
    text = json.dumps({"list": [O(i), O(i + 1)], "n": i}, default=default)
    return text, json.loads(text, object_hook=hook), json.dumps([O(i)], indent=1, default=default), json.loads("[1, 2.5]", parse_int=lambda s: sleep(0) or s, parse_float=lambda s: sleep(0) or s)

jobs = [spawn(work, i) for i in range(3)]
joinall(jobs)
for j in jobs:
    print(j.value)
