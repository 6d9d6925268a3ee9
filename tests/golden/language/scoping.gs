# Names: local, enclosing, global, built-in; global and nonlocal; class bodies; unbound names.

x = "global"

def f():
    x = "f"
    def g():
        def h():
            return x
        return h()
    return g()
print(f(), x)

def counter():
    n = 0
    def inc(by=1):
        nonlocal n
        n += by
        return n
    def get():
        return n
    return inc, get
inc, get = counter()
inc(); inc(5)
inc2, get2 = counter()
print(get(), get2())

def set_global():
    global x, brand_new
    x = "changed"
    brand_new = 1
set_global()
print(x, brand_new)

# --- class bodies do not enclose
y = "module y"
class C:
    y = "class y"
    z = y
    def m(self):
        return y
    lst = [y for _ in range(1)]
    first = [i for i in y][:3]
print(C().m(), C.z, C.lst, C.first)
def outer():
    v = "enclosing"
    class D:
        w = v
        v = "own"
        q = v
    return D.w if hasattr(D, "w") else None, D.q
try:
    print(outer())
except NameError as e:
    print(type(e).__name__, e)
def outer2():
    v = "enclosing"
    class D:
        seen = v
    return D.seen
print(outer2())
def outer3():
    v = 1
    class D:
        nonlocal v
        v = 2
    return v, hasattr(D, "v")
print(outer3())
class G:
    global in_global
    in_global = "from class"
print(in_global, hasattr(G, "in_global"))

# --- unbound
def unbound():
    print(later)
    later = 1
try:
    unbound()
except UnboundLocalError as e:
    print(e)
def unbound_cell():
    def inner():
        return cell
    try:
        inner()
    except NameError as e:
        print(type(e).__name__, e)
    cell = 1
    print(inner())
    del cell
    try:
        inner()
    except NameError as e:
        print(type(e).__name__, e)
unbound_cell()
try:
    missing
except NameError as e:
    print(e, e.name)

# --- built-ins can be shadowed and come back
len = lambda o: "shadowed"
print(len([]))
del len
print(len([]))
def shadow():
    print = lambda *a: None
    print("not shown")
shadow()

# --- late binding of closures
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]])

# --- parameters and nested functions of the same name
def same(same):
    def inner(same=same * 2):
        return same
    return inner() + same
print(same(3))
def recursive(n):
    def fact(k): return 1 if k < 2 else k * fact(k - 1)
    return fact(n)
print(recursive(10))
