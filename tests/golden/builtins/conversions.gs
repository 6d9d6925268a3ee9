# int, float, str, bool, list, tuple, dict, set of each other; what each accepts.

vals = [0, 1, -1, 2.5, "5", "2.5", "", "abc", b"7", None, True, [], [1, 2], (1, 2), {1: 2}, {3}, range(2), "ab", [("a", 1)], 1j, float("nan")]
for t in (int, float, str, bool, list, tuple, dict, set, frozenset, bytes, bytearray, complex):
    row = []
    for v in vals:
        try:
            r = t(v)
            row.append(repr(r) if not isinstance(r, (set, frozenset)) or not any(isinstance(x, (str, tuple)) for x in r) else f"set of {len(r)}")
        except Exception as e:
            row.append(type(e).__name__)
    print(t.__name__, *row, sep=" | ")
print(list("ab") + list((1,)), tuple([1] + [2]), set("aa") == {"a"}, dict(a=1, **{"b": 2}), dict([["k", "v"]]), list({"a": 1}.items()), str(12) + str(1.0), int("12") + int(3.9), float("1e2"), bool("0"), int(float("3.7")), list(map(int, "1 2 3".split())), [*map(float, ("1", "2"))], "".join(map(str, (1, 2))), sorted(set([3, 1, 3])), dict(zip("ab", range(2))), list(dict(a=1)), tuple(dict(b=2)), bytes([1, 2]) + bytes(1), str(b"a")[2:-1], int("0b11", 0), complex("1+1j"), frozenset("a") | {"b"} == {"a", "b"})
class Full:
    def __int__(self): return 1
    def __float__(self): return 2.0
    def __str__(self): return "three"
    def __bool__(self): return False
    def __iter__(self): return iter([("k", 5)])
    def __bytes__(self): return b"six"
    def __complex__(self): return 7j
    def __len__(self): return 8
f = Full()
print(int(f), float(f), str(f), bool(f), list(f), tuple(f), dict(f), set(f), bytes(f), complex(f), len(f))
