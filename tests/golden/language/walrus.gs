# The walrus: in conditions, comprehensions, calls, subscripts; where the name lands.

if (n := len("abc")) > 2:
    print(n)
data = iter([3, 2, 1, 0, 9])
while (item := next(data)):
    print("item", item)
print(item)
print([y := 1, y ** 2, y])
print((a := 1, b := a + 1), a, b)
print([last := x for x in range(5)], last)
print([(half := x // 2) for x in range(6) if (sq := x * x) > 4], half, sq)
print(any((hit := w).startswith("c") for w in ["a", "cd", "ce"]), hit)

def f(x, y=0):
    return x + y
print(f(z := 3, y=(w := 4)), z, w)
print("abcdef"[(i := 2):], i)
print({(k := "key"): (v := 5)}, k, v)
print(f"{(q := 12):>5}", q)

def local():
    if (m := 1) and [m := m + j for j in range(3)]:
        return m
print(local())
def to_global():
    global g
    return (g := 7)
to_global()
print(g)
def closure():
    total = 0
    def add(n):
        nonlocal total
        return (total := total + n)
    return [add(i) for i in range(4)]
print(closure())
total = 0
print([total := total + v for v in range(5)], total)
lst = [1]
while (lst := lst + [len(lst)]) and len(lst) < 4:
    pass
print(lst)
print((lambda: (r := 5) + r)())
assert (ok := True)
print(ok)
x = (y := (z := 2) + 1) + 1
print(x, y, z)
if not (s := "") or (t := 1):
    print(repr(s), "t" in globals())

def parse(line):
    if (eq := line.find("=")) >= 0:
        return line[:eq], line[eq + 1:]
    elif (colon := line.find(":")) >= 0:
        return line[:colon], line[colon + 1:].strip()
    return None
print(parse("a=b"), parse("k: v"), parse("zz"))
