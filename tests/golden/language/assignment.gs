# Assignment: plain, chained, unpacking, starred, annotated, and the order of evaluation.

# --- plain and chained
a = b = c = [1]
b.append(2)
print(a, b, c, a is b is c)
x = y = 0
x += 5
print(x, y)

# --- unpacking
a, b = 1, 2
a, b = b, a
print(a, b)
(a, [b, c]), d = (1, "xy"), 4
print(a, b, c, d)
[p, q] = {"k": 1, "l": 2}
print(p, q)
i, j, k = range(3)
print(i, j, k)
only, = [9]
print(only)
() = []
[] = ()

# --- starred
first, *rest = "abcd"
print(first, rest)
*init, last = (1, 2, 3)
print(init, last)
h, *mid, t = [1, 2]
print(h, mid, t)
(h, *mid), *tail = [[1, 2, 3], 4, 5]
print(h, mid, tail)
*all_, = "xy"
print(all_)

# --- errors in unpacking
def attempt(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)

def too_many():
    a, b = 1, 2, 3
def too_few():
    a, b, c = 1, 2
def too_few_star():
    a, b, *c = [1]
def not_iterable():
    a, b = 5
def none():
    a, b = None
def endless():
    n = 0
    def gen():
        nonlocal n
        while True:
            n += 1
            yield n
    try:
        a, b = gen()
    finally:
        print("taken", n)
for f in (too_many, too_few, too_few_star, not_iterable, none, endless):
    attempt(f)

# --- order: right side first, then the targets from left to right
def show(x):
    print("eval", x)
    return x
box = {}
box[show("a")], box[show("b")] = show(1), show(2)
print(box)
lst = [0, 1, 2]
i = 0
i, lst[i] = 2, "set"
print(i, lst)
n = nn = {}
n["x"] = n = 3
print(nn, n)

# --- annotated
v: int = 3
w: "not evaluated name" = 4
z: list
print(v, w, __annotations__["v"], __annotations__["w"], __annotations__["z"])
try:
    z
except NameError as e:
    print(e)
class Holder:
    pass
hold = Holder()
hold.attr: int = 7
lst[0]: str = "s"
print(hold.attr, lst)
def local_annotation():
    q: undefined_name_here = 1
    return q
print(local_annotation())
