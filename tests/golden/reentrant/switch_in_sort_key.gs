# order: any
# The key function switches while another greenlet looks at the list being sorted: it is empty.

from gevent import spawn, sleep, joinall

l = [5, 2, 9, 1]
seen = []
sorting = False
def key(v):
    global sorting
    sorting = True
    sleep(0)
    return v
def sorter():
    global sorting
    l.sort(key=key)
    sorting = False
def looker():
    for _ in range(4):
        if sorting:
            seen.append(len(l))
        sleep(0)

joinall([spawn(sorter), spawn(looker)])
print(l, set(seen) <= {0})
