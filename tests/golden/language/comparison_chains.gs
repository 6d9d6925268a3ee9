# Comparison chains: each operand once, short circuit, mixed operators, results that are not bools.

def v(x):
    print(x, end=" ")
    return x

print(v(1) < v(2) < v(3))
print(v(3) < v(2) < v(1))
print(v(1) < v(3) > v(2) != v(5) == v(5))
print(v(1) == v(1) == v(2) == v(1))
two, one = 2, 1
print(1 < two is True, (1 < 2) is True, 1 in [1] == True, (1 in [1]) == True)
print("a" in "abc" in ["abc"], 5 not in [1] not in [[2]])
print(one is not None is None)

class R:
    def __init__(self, name): self.name = name
    def __lt__(self, other):
        print(f"{self.name}<{other.name}", end=" ")
        return [self.name, other.name]
    def __gt__(self, other):
        print(f"{self.name}>{other.name}", end=" ")
        return []
a, b, c = R("a"), R("b"), R("c")
print(a < b < c)
print(a > b > c)
print(a < b > c < a)
print(not a < b)
if a < b < c:
    print("taken")
if not (a > b):
    print("taken too")

def chain(x, lo, hi):
    return lo <= x < hi
print([chain(x, 2, 5) for x in range(7)])

def tests():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    r = step() < step() < step() > 10
    return r, n
print(tests())

i = 0
while 0 <= i < 3:
    i += 1
print(i)
print(*[x for x in range(20) if 3 < x <= 8 != 7])
assert 1 < 2 < 3, "no"

# --- identity and membership
x = [1]
y = x
print(x is y, x is [1], x is not y, 1 not in x, None is None, ... is Ellipsis)
class C:
    def __contains__(self, k):
        return k
print("" in C(), "x" in C(), 0 not in C())
class I:
    def __iter__(self): return iter([1, 2])
class G:
    def __getitem__(self, i):
        if i > 3: raise IndexError
        return i * 10
print(2 in I(), 3 in I(), 20 in G(), 25 in G())
for bad in (5, None, object):
    try:
        1 in bad
    except TypeError as e:
        print(e)
nan = float("nan")
print(nan in [nan], nan == nan, [nan] == [nan], float("nan") in [nan])
