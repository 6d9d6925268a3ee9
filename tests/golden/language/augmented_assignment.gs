# Augmented assignment: every operator, in-place methods, evaluation order, targets evaluated once.

def ints():
    x = 17
    x += 3; print(x)
    x -= 5; print(x)
    x *= 4; print(x)
    x //= 7; print(x)
    x **= 3; print(x)
    x %= 100; print(x)
    x <<= 4; print(x)
    x >>= 2; print(x)
    x |= 0b1001; print(x)
    x &= 0b111111; print(x)
    x ^= 0xff; print(x)
    x /= 2; print(x)
ints()

# --- lists change in place, tuples and strings do not
a = b = [1]
a += (2, 3)
a *= 2
print(a, b, a is b)
s = t = (1,)
s += (2,)
print(s, t)
u = v = "ab"
u += "c"
u *= 2
print(u, v)
d = e = {1: "a"}
d |= {2: "b"}
print(e)
st = st2 = {1, 2}
st |= {3}; st -= {1}; st ^= {2, 9}; st &= {3, 9}
print(sorted(st2), st is st2)

# --- the target's parts are evaluated once
def item(log=[]):
    log.append(1)
    print("called", len(log))
    return 0
data = [10]
data[item()] += 5
print(data)

class Loud:
    def __init__(self):
        self.n = 1
    def __getattribute__(self, name):
        print("get", name)
        return object.__getattribute__(self, name)
    def __setattr__(self, name, value):
        print("set", name, value)
        object.__setattr__(self, name, value)
def loud(o):
    print("object")
    return o
o = Loud()
loud(o).n += 1

# --- in-place methods and their fall-back
class Acc:
    def __init__(self, n): self.n = n
    def __iadd__(self, other): self.n += other; return self
    def __sub__(self, other): return Acc(self.n - other)
    def __imul__(self, other): return NotImplemented
    def __mul__(self, other): return Acc(self.n * other)
    def __repr__(self): return f"Acc({self.n})"
p = q = Acc(1)
p += 2
print(p, q, p is q)
p -= 1
print(p, q, p is q)
p *= 5
print(p)
try:
    p @= 2
except TypeError as e:
    print(e)

# --- a tuple holding a list: changed, then the error
t = ([1],)
try:
    t[0] += [2]
except TypeError as e:
    print(e)
print(t)

# --- unbound names
def f():
    try:
        zz += 1
    except UnboundLocalError as e:
        print(e)
    zz = 0
f()
try:
    never_defined += 1
except NameError as e:
    print(type(e).__name__, e)
