# Subclasses of int, float, str, list, tuple, set, dict, bytes, exceptions: results of operations, overridden methods.

class I(int):
    def __add__(self, o): return I(int(self) + int(o))
    def __repr__(self): return f"I({int(self)})"
    def double(self): return I(self * 2)
i = I(5)
print(i, i + 1, i - 1, type(i - 1).__name__, i.double(), i == 5, hash(i) == hash(5), {5: "x"}[i], isinstance(i, int), i.bit_length(), [1, 2, 3, 4, 5, 6][i], range(i), sum([i, i]), sum([i], I(0)), max(i, 3), i.real, type(i.real).__name__, abs(I(-1)), type(abs(I(-1))).__name__, str(i), f"{i}", f"{i:03}", "%d" % i)
class F(float):
    def __repr__(self): return "F" + super().__repr__()
print(F(1.5), F(1.5) * 2, [F(2)], F("3"), F(2) == 2, round(F(2.567), 1), F(1).is_integer(), type(F(1) + F(1)).__name__)
class S(str):
    def __getitem__(self, k): return "<" + super().__getitem__(k) + ">"
    def __len__(self): return 100
    def __eq__(self, o): return True
    __hash__ = str.__hash__
    def __contains__(self, x): return "no" not in str(x)
    def upper(self): return S(super().upper() + "!")
s = S("abc")
print(s[0], len(s), s == "zzz", "x" in s, s.upper(), type(s + "d").__name__, type(s.lower()).__name__, s.lower(), "".join([s, "d"]), list(s), f"{s}", s * 2, "abc" == s, s.__class__.__name__, "%s" % s, s.upper().upper(), str(s) == "abc")
class L(list):
    def __getitem__(self, i): return ("got", super().__getitem__(i))
    def __len__(self): return 42
    def __iter__(self): return iter(["own iterator"])
    def append(self, x): super().append(x * 2)
    def __contains__(self, x): return x == "magic"
l = L([1, 2])
l.append(3)
print(l[0], len(l), list(l), "magic" in l, 1 in l, l, repr(l), l + [9], type(l + [9]).__name__, sorted(l), sum([1 for _ in l]), l == [1, 2, 6], bool(L()), l.copy(), type(l[:1]).__name__, [*l], l.index(6), tuple(l), max(l))
l.extend([5])
l += [7]
print(repr(l), type(l).__name__)
class T(tuple):
    def __new__(cls, *a): return super().__new__(cls, a)
    def __add__(self, o): return T(*tuple(self), *o)
print(T(1, 2) + (3,), type(T(1) + (2,)).__name__, type(T(1) * 2).__name__, T(1, 2)[0], T() == (), hash(T(1)) == hash((1,)), {(1,): "k"}[T(1)], "%s %s" % T(1, 2))
class Se(set):
    def add(self, x): super().add(-x)
e = Se([1])
e.add(5)
print(e, type(e | {2}).__name__, e == {1, -5}, Se([1]) & {1}, type(Se() - {1}).__name__)
class D(dict):
    def __getitem__(self, k): return "own " + str(k)
    def get(self, k, d=None): return "own get"
d = D(a=1)
print(d["a"], d["zzz"], d.get("a"), d, dict(d), "a" in d, list(d.values()), d == {"a": 1}, d.copy(), type(d.copy()).__name__, d | {"b": 2}, eval("a", {}, d))
class B(bytes):
    pass
print(B(b"ab") + b"c", type(B(b"a") + b"b").__name__, B(b"x") == b"x", B.fromhex("6162"), type(B.fromhex("61")).__name__, B([1, 2]))
class BA(bytearray):
    tag = "t"
ba = BA(b"xy")
ba.extra = 1
ba += b"z"
print(ba, ba.tag, ba.extra, type(ba).__name__)
class E(ValueError):
    def __init__(self, code, text): super().__init__(text); self.code = code
    def __str__(self): return f"[{self.code}] {super().__str__()}"
try:
    raise E(5, "bad")
except ValueError as ex:
    print(ex, repr(ex), ex.args, ex.code)
for base in (bool, range, type(None), type(lambda: 0), slice, memoryview, type(...), type(len)):
    try:
        type("X", (base,), {})
    except TypeError as ex:
        print(ex)
class Prop(property):
    def __get__(self, o, c=None): return "prop of " + (c or type(o)).__name__
class UsesProp:
    p = Prop(lambda self: 1)
print(UsesProp().p, UsesProp.p)
class Obj(object):
    __slots__ = ()
print(isinstance(Obj(), object), Obj.__base__ is object)
