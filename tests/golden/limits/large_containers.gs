# Lists, dicts, sets, strings and bytes of some size: building, searching, sorting, deleting.

n = 200000
l = list(range(n))
print(len(l), sum(l), l[n // 2], l[-1], len(l[::3]), l.index(n - 1), (n + 1) in l)
l.sort(key=lambda x: x * 7919 % n)
print(l[:3], l[-1])
l.sort()
del l[100:n - 100]
print(len(l), l[99:102])
d = {i: str(i) for i in range(n)}
print(len(d), d[n - 1], sum(1 for k in d if k % 1000 == 0))
for i in range(0, n, 2): del d[i]
print(len(d), next(iter(d)))
s = {f"key{i}" for i in range(n // 4)}
print(len(s), "key777" in s, "nope" in s, len(s & {f"key{i}" for i in range(100)}))
t = "".join(str(i) for i in range(n // 10))
print(len(t), t.count("7"), t.find("19999"), len(t.split("0")), len(t.replace("1", "ab")), t[::-1][:5])
b = bytes(n) + b"end"
print(len(b), b.find(b"end"), len(bytearray(b) * 2), b.count(b"\0"))
u = "é" * 50000 + "x"
print(len(u), u.find("x"), u[49999:], len(u.encode()), u[25000], u.count("é"))
x = []
for i in range(50000): x.append(i)
while len(x) > 5: x.pop()
print(x, len([0] * 10 ** 6), len((None,) * 10 ** 5), len(list(zip(range(n), range(n)))))
q = []
for i in range(3000): q.insert(0, i)
for i in range(2990): q.pop(0)
print(q)
m = [[i * j for j in range(200)] for i in range(200)]
print(sum(map(sum, m)), max(map(max, m)))
