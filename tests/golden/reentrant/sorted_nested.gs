# sorted inside key functions, comparisons inside comparisons.

def rank(w): return sorted(w, key=lambda c: sorted([c, "m"]))
print(sorted(["zebra", "apple", "mango"], key=rank))
depth = 0
class N:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        global depth
        depth += 1
        try:
            if depth < 3: sorted([N(3), N(1), N(2)])
            return self.v < o.v
        finally:
            depth -= 1
    def __repr__(self): return str(self.v)
print(sorted([N(5), N(2), N(9), N(1)]), depth)
def key(x):
    l = list(range(x))
    l.sort(key=lambda y: -y)
    return min(l, default=0), max(l, key=lambda v: sorted([v, 1])[0], default=0), -x
print(sorted([3, 1, 2], key=key))
data = [(i * 37 % 11, i) for i in range(12)]
print(sorted(data, key=lambda p: sorted(data).index(p))[:4])
print(max(range(5), key=lambda i: sorted(range(5), key=lambda j: (j * 3) % 5).index(i)))
matrix = [[3, 1], [2, 9], [0, 5]]
print(sorted(map(sorted, matrix), key=lambda r: max(r)), sorted(matrix, key=sorted))
