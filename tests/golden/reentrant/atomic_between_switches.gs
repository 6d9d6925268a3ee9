# order: any
# Code between two switch points is atomic: counters and transfers without locks stay right.

from gevent import spawn, sleep, joinall

total = 0
accounts = {"a": 100, "b": 100, "c": 100}
def bump(n):
    global total
    for _ in range(n):
        total += 1
        if total % 7 == 0: sleep(0)
def transfer(frm, to, n):
    for _ in range(20):
        x = accounts[frm]
        y = accounts[to]
        accounts[frm] = x - n
        accounts[to] = y + n
        sleep(0)

joinall([spawn(bump, 100) for _ in range(10)] + [spawn(transfer, *t) for t in (("a", "b", 1), ("b", "c", 2), ("c", "a", 3), ("a", "c", 1))])
print(total, accounts, sum(accounts.values()))
