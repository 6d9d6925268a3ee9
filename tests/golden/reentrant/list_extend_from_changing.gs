# extend, += and slice assignment from iterators that change the same list.

def run(label, f):
    l = [1, 2, 3]
    try:
        f(l)
    except Exception as e:
        print(label, type(e).__name__, e, end=" ")
    print(label, l)
def popper(l):
    while l and len(l) > 1:
        yield l.pop()
def grower(l, n):
    for i in range(n):
        l.append(f"g{i}")
        yield i
def clearer(l):
    yield "a"
    l.clear()
    yield "b"
run("extend popped", lambda l: l.extend([l.pop()]))
run("extend grower", lambda l: l.extend(grower(l, 3)))
run("extend clearer", lambda l: l.extend(clearer(l)))
run("extend self", lambda l: l.extend(l))
run("extend iter self limited", lambda l: l.extend(x for x, _ in zip(l, range(5))))
run("iadd", lambda l: l.__iadd__(grower(l, 2)))
def assign(l, s, it): l[s] = it
run("slice grower", lambda l: assign(l, slice(1, 2), grower(l, 2)))
run("slice clearer", lambda l: assign(l, slice(0, 2), clearer(l)))
run("slice self", lambda l: assign(l, slice(1, 2), l))
run("step self", lambda l: assign(l, slice(None, None, -1), l))
run("slice reversed", lambda l: assign(l, slice(None), reversed(l)))
run("slice map", lambda l: assign(l, slice(0, 0), map(lambda x: l.pop() if len(l) > 1 else x, [0, 0, 0, 0])))
class Hint:
    def __init__(self, l): self.l = l
    def __iter__(self): return iter([7, 8])
    def __length_hint__(self):
        self.l.clear()
        return 2
run("length hint clears", lambda l: l.extend(Hint(l)))
def failing(l):
    yield 1
    l.append("before the error")
    raise ValueError("middle")
run("extend failing", lambda l: l.extend(failing(l)))
run("slice failing", lambda l: assign(l, slice(0, 1), failing(l)))
