# sorted, min, max: keys, defaults, several arguments, ties, errors.

print(min(3, 1, 2), max(3, 1, 2), min([5]), max("abc"), min({"b": 1, "a": 2}), max([1], [2]), min("b", "a", key=ord), max([1, -5, 3], key=abs), min([], default="d"), max((), default=None), min(iter([4, 2])), max(x for x in (1, 2)))
print(max([(1, "a"), (1, "b")], key=lambda p: p[0]), min([(1, "b"), (1, "a")], key=lambda p: p[0]), max(1, 1.0, True), min(1.0, 1), max("a", "B", key=str.lower), max([], default=[]), min(5, 3, key=lambda x: -x), max([[1, 2], [1, 3]]))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: min())
attempt(lambda: max([]))
attempt(lambda: min(()))
attempt(lambda: max(5))
attempt(lambda: min(1, "a"))
attempt(lambda: max([1, None]))
attempt(lambda: max(1, 2, default=3))
attempt(lambda: min([1], key=5))
attempt(lambda: min([1], nope=5))
attempt(lambda: max([1, 2], key=lambda: 1))
attempt(lambda: max({}, key=len))
attempt(lambda: max(None))
attempt(lambda: min([1j, 2j]))
class T:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < o.n
    def __gt__(self, o): return self.n > o.n
    def __repr__(self): return f"T{self.n}"
print(min([T(3), T(1)]), max(T(3), T(1)), max(T(1), T(1)) , sorted([T(2), T(1)], reverse=True))
calls = []
print(max([3, 1, 2], key=lambda x: calls.append(x) or x), calls)
print(sorted("bca"), sorted({"z": 1, "y": 2}.items()), sorted([3, 1, 2], key=lambda x: -x), sorted((x for x in "ba"), reverse=1), sorted([], key=None), sorted("aB", key=None), type(sorted(())).__name__)
print(max(float("nan"), 1) != max(float("nan"), 1), max(1, float("nan")), min(True, 0), max("10", "9"), max(["10", "9"], key=int), min(["bb", "a", "ccc"], key=len), sorted(["b", "A", "c"], key=str.casefold))
