# rows: GRN-67 GRN-60 GRN-61 HUB-02
# getcurrent, hashing, names, the main greenlet.

import gevent
from gevent import spawn, getcurrent, sleep, Greenlet, joinall

main = getcurrent()
print(main is getcurrent(), isinstance(main, Greenlet), hasattr(main, "join"), bool(main))
box = {}
def f(n):
    box[n] = getcurrent()
    sleep(0)
    return getcurrent() is box[n], getcurrent() is main
gs = [spawn(f, i) for i in range(3)]
joinall(gs)
print([g.value for g in gs], [box[i] is gs[i] for i in range(3)])
d = {g: i for i, g in enumerate(gs)}
print([d[g] for g in gs], len(set(gs + gs)), gs[0] == gs[0], gs[0] == gs[1], gs[0] != gs[1])
try:
    gs[0] < gs[1]
except TypeError as e:
    print("TypeError")
a, b = spawn(sleep, 0), spawn(sleep, 0)
print(a.minimal_ident != b.minimal_ident, a.name == f"Greenlet-{a.minimal_ident}", isinstance(a.minimal_ident, int))
a.name = "first"
print(a.name, 'Greenlet "first"' in repr(a))
joinall([a, b])
def parent():
    me = getcurrent()
    c = spawn(sleep, 0)
    return c.spawning_greenlet() is me
print(spawn(parent).get())
def locals_user():
    getcurrent().spawn_tree_locals["k"] = "v"
    return spawn(lambda: getcurrent().spawn_tree_locals.get("k")).get()
print(spawn(locals_user).get(), spawn(lambda: getcurrent().spawn_tree_locals.get("k")).get())
