# sum, min, max, abs, divmod with operators that change the sequence they come from.

l = []
class A:
    def __init__(self, n): self.n = n
    def __add__(self, o):
        if len(l) < 6: l.append(A(10))
        return A(self.n + getattr(o, "n", o))
    __radd__ = __add__
l[:] = [A(1), A(2)]
print(sum(l).n, len(l))
class B(A):
    def __radd__(self, o):
        l.clear()
        return o + self.n
l[:] = [B(1), B(2), B(3)]
print(sum(l), l)
class C:
    def __init__(self, n): self.n = n
    def __lt__(self, o):
        m.clear()
        return self.n < o.n
    __gt__ = __lt__
m = [C(1), C(2), C(3)]
print(min(m).n, m)
m = [C(1), C(2), C(3)]
print(max(m).n, m)
class T:
    def __bool__(self):
        q.pop()
        return False
q = [T(), T(), T(), T()]
print(any(q), len(q))
class U:
    def __bool__(self):
        q.append(1) if len(q) < 5 else None
        return True
q = [U()]
print(all(q), len(q))
x = [1, 2, 3]
print(sum(x.pop() for _ in range(2)), x, max(x, key=lambda v: x.clear() or v), x)
print(max((v for v in [3, 1]), key=lambda v: -v), min([5, 3], key=lambda v: min([v, 4])))
