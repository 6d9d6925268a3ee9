# sum, any, all: start values, types, short circuits, errors.

print(sum([]), sum([1, 2, 3]), sum([1.5, 2]), sum([[1], [2]], []), sum((x for x in range(4)), 10), sum([True, False, True]), sum({1: 2, 3: 4}), sum([1, 2], start=5), sum([(1,), (2,)], ()), sum([1j, 2]), sum([0.1] * 3), sum([10 ** 20, 1]), sum(range(10 ** 5)), sum([2 ** 62, 2 ** 62]), sum([1, 2.5, 10 ** 20]), sum([0.0, -0.0]))
print(any([]), all([]), any([0, 1]), all([1, 0]), any("a"), all(["a", ""]), any(x > 2 for x in range(5)), all({}), any({0: 1}), all([[]]))
def v(x):
    print(x, end=" ")
    return x
print(any(v(x) for x in (0, 2, 3)), all(v(x) for x in (1, 0, 3)))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: sum())
attempt(lambda: sum(5))
attempt(lambda: sum([1, "a"]))
attempt(lambda: sum(["a", "b"]))
attempt(lambda: sum(["a"], ""))
attempt(lambda: sum([b"a"], b""))
attempt(lambda: sum([bytearray()], bytearray()))
attempt(lambda: sum([[1], 2], []))
attempt(lambda: sum([None]))
attempt(lambda: sum([1], None))
attempt(lambda: any(5))
attempt(lambda: all())
attempt(lambda: any([1], [2]))
class B:
    def __bool__(self): raise KeyError("bool")
attempt(lambda: any([0, B()]))
attempt(lambda: any([1, B()]))
class A:
    def __init__(self, n): self.n = n
    def __add__(self, o): return A(self.n + (o.n if isinstance(o, A) else o))
    __radd__ = __add__
    def __repr__(self): return f"A{self.n}"
print(sum([A(1), A(2)]), sum([A(1)], A(5)), sum([1, A(2), 3]), sum([1.5, A(2)]))
