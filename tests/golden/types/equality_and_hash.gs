# Equality and hashing across types; keys that compare equal; identity shortcuts in containers.

print(1 == 1.0 == True == (1 + 0j), hash(1) == hash(1.0) == hash(True) == hash(1 + 0j), 0 == -0.0, 2 ** 80 == 2.0 ** 80, hash(2 ** 80) == hash(2.0 ** 80), 0.1 == 1 / 10, 10 ** 16 == 1e16, 10 ** 16 + 1 == 1e16)
print("1" == 1, b"a" == "a", [] == (), [1] == [1.0], (1, [2]) == (1, [2]), {1: [2]} == {1.0: [2.0]}, {1} == {1.0}, {1} == frozenset([True]), range(2) == [0, 1], None == 0, None == False, "" == None, bytearray(b"a") == b"a", memoryview(b"a") == b"a", [None] == [None], ... == ...)
nan = float("nan")
print(nan == nan, [nan] == [nan], (nan,) == (nan,), {1: nan} == {1: nan}, nan in [nan], [nan].index(nan), [nan].count(nan), {nan: 1}.get(nan), {nan} == {nan}, [nan] == [float("nan")], len({nan, nan}), len({float("nan"), float("nan")}))
class Odd:
    "Equal to nothing, not even itself."
    def __eq__(self, o): return False
    def __hash__(self): return 1
o = Odd()
print(o == o, o != o, o in [o], [o] == [o], {o: 1}[o], o in {o}, [o].index(o), [Odd()] == [Odd()])
class Any:
    def __eq__(self, x): return True
    def __hash__(self): return hash("a")
print(Any() == 5, 5 == Any(), "x" in [Any()], Any() in ["x"], [1, 2].index(Any()), [1, Any()].count(3), {"a": 1}.get(Any()), {Any(): 2}.get("a"), (1, 2) == (Any(), Any()), Any() != 5, [Any()] != [3])
class Case:
    def __init__(self, s): self.s = s
    def __eq__(self, o): return isinstance(o, (Case, str)) and self.s.lower() == (o.s if isinstance(o, Case) else o).lower()
    def __hash__(self): return hash(self.s.lower())
    def __repr__(self): return f"Case({self.s!r})"
d = {Case("Key"): 1}
d[Case("KEY")] = 2
print(d, d["key"], Case("a") in {"a": 0}, {Case("x"), Case("X"), "x"} == {"x"}, len({Case("x"), Case("X")}))
keys = {1: "int"}
keys[1.0] = "float"
keys[True] = "bool"
print(keys, list(map(type, keys)))
s = {1.0}
s.add(1)
s.add(True)
print(s)
class Ne:
    def __ne__(self, o): return "ne called"
    def __eq__(self, o): return "eq called"
n = Ne()
print(n == 1, n != 1, 1 == n, 1 != n, not n == 1)
class OnlyEq:
    def __eq__(self, o): return "truthy"
print(OnlyEq() == 1, OnlyEq() != 1)
print(object() == object(), (lambda: 0) == (lambda: 0), type(1) == int, int == int, len == len, [].append == [].append, "a".upper == "a".upper)
print([1, 2] == [1, "a"], sorted([(1, "b"), (1, "a")]), (1, 2) < (1, 2, 0), "a" * 3 == "aaa", not [] == [0][:0] == [])
