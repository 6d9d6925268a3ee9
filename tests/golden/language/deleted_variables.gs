# del of locals, cells, free variables, globals and names of classes, and what reading them raises.

def attempt(f):
    try:
        print(f())
    except NameError as e:
        print(type(e).__name__, "|", e, "|", e.name)

def free():
    x = 1
    def remove():
        nonlocal x
        del x
    def read(): return x
    def write(v):
        nonlocal x
        x = v
    print(read())
    remove()
    attempt(read)
    attempt(remove)
    attempt(lambda: x)
    write(2)
    print(x, read())
    del x
    attempt(read)
    attempt(lambda: write(3) or x)
free()

def local():
    y = 1
    del y
    return y
attempt(local)
def twice():
    y = 1
    del y
    del y
attempt(twice)
def before():
    def inner(): return later
    inner()
    later = 1
attempt(before)
def in_loop():
    for i in range(3):
        pass
    del i
    try:
        i
    except UnboundLocalError as e:
        print("gone", e)
    for i in range(2): pass
    return i
attempt(in_loop)
def argument(a, *b, **c):
    del a, b, c
    return a
attempt(lambda: argument(1))
def handler():
    try:
        1 / 0
    except ZeroDivisionError as e:
        pass
    return e
attempt(handler)
def handler_deletes():
    try:
        1 / 0
    except ZeroDivisionError as e:
        del e
    return "fine"
attempt(handler_deletes)
def handler_of_nonlocal():
    e = "before"
    def inner():
        nonlocal e
        try:
            1 / 0
        except ZeroDivisionError as e:
            print(type(e).__name__)
    inner()
    return e
attempt(handler_of_nonlocal)

g = 5
def global_gone():
    global g
    del g
    return g
attempt(global_gone)
attempt(global_gone)
try:
    del never_there
except NameError as e:
    print(e, e.name)
class C:
    v = 1
    del v
    try:
        v
    except NameError as e:
        print("class", e)
    try:
        del v
    except NameError as e:
        print("class", e)
    len = 3
    del len
    print(len("ab"))
print(hasattr(C, "v"))
def in_class(outer):
    class D:
        outer = "own"
        print(outer)
        del outer
        try:
            print(outer)
        except NameError as e:
            print(e)
    return D
in_class("outer")
def comprehension():
    items = [1, 2]
    r = [x for x in items]
    del items
    try:
        return [x for x in items], r
    except UnboundLocalError as e:
        return str(e)
print(comprehension())
def generator():
    x = 1
    yield x
    del x
    yield x
it = generator()
print(next(it))
attempt(lambda: next(it))
