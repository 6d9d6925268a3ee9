# del: names, items, slices, attributes, nested targets; what happens afterwards.

x = 1
del x
try:
    x
except NameError as e:
    print(e)
a = b = c = 1
del a, (b, [c])
print([n for n in "abc" if n in globals()])
lst = list(range(10))
del lst[0], lst[-1]
print(lst)
del lst[2:5]
print(lst)
del lst[::2]
print(lst)
del lst[:]
print(lst)
d = {"a": 1, "b": {"c": 2}}
del d["b"]["c"], d["a"]
print(d)
class C:
    attr = "class"
    def __delitem__(self, k): print("delitem", k)
    def __delattr__(self, k):
        print("delattr", k)
        object.__delattr__(self, k)
o = C()
o.attr = "instance"
del o.attr
print(o.attr)
del o[1], o[1:2], o["k", 2]
for f in ("del o.attr", "del o.nothing", "del lst[5]", "del d['zz']", "del 'abc'[0]", "del (1, 2)[0]", "del undefined", "del {1}[0]"):
    try:
        exec(f)
    except Exception as e:
        print(f, "->", type(e).__name__, e)

def local():
    y = 1
    del y
    try:
        y
    except UnboundLocalError as e:
        print(e)
    try:
        del y
    except UnboundLocalError as e:
        print(e)
    y = 2
    return y
print(local())
def shadowing():
    global g
    g = 1
    del g
    return "g" in globals()
print(shadowing())
for i in range(3):
    del i
print("i" in globals())
try:
    raise ValueError
except ValueError as exc:
    pass
print("exc" in globals())
try:
    raise ValueError
except ValueError as exc:
    del exc
print("exc" in globals())
class Body:
    q = 1
    del q
print(hasattr(Body, "q"))
