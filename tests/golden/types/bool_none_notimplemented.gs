# bool, None, NotImplemented, Ellipsis: construction, arithmetic, repr, attributes, errors.

print(bool(), bool(0), bool("False"), bool([]), bool([[]]), True, False, repr(True), str(False))
print(True == 1, True is True, False == 0.0, True + 2, True * 2.5, sum([True, True, False]), int(True), float(True), [10, 20][True], "ab"[False])
print(True & False, True | 0, True ^ True, not True, True and 5, hash(True), True < 2, sorted([True, False, 0.5]), isinstance(True, int), issubclass(bool, int), bool.__mro__)
print({True: "a", 1: "b", 1.0: "c"}, {1, True, 1.0}, {0: "z"}[False], True.bit_length(), True.real, True.to_bytes(1, "big"), type(True + True), type(True & True), type(~True), type(-True))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: bool(1, 2))
attempt(lambda: bool(x=1))
attempt(lambda: type("B", (bool,), {}))
attempt(lambda: setattr(True, "x", 1))
print(None, repr(None), bool(None), None is None, None == None, None == 0, type(None), type(None)() is None, str(None), f"{None}", [None], hash(None) == hash(None))
attempt(lambda: None + 1)
attempt(lambda: None < 1)
nothing = None
attempt(lambda: nothing())
attempt(lambda: nothing[0])
attempt(lambda: len(None))
attempt(lambda: iter(None))
attempt(lambda: None.attr)
attempt(lambda: type(None)(1))
attempt(lambda: type("N", (type(None),), {}))
attempt(lambda: -None)
attempt(lambda: int(None))
attempt(lambda: None in None)
attempt(lambda: {**None})
attempt(lambda: [*None])
attempt(lambda: print(*None))
print(NotImplemented, type(NotImplemented), type(NotImplemented)() is NotImplemented, ..., Ellipsis is ..., type(...)() is ...)
attempt(lambda: NotImplemented + 1)
attempt(lambda: NotImplemented())
attempt(lambda: ... + 1)
class A:
    def __eq__(self, o): return NotImplemented
    def __lt__(self, o): return NotImplemented
    def __add__(self, o): return NotImplemented
    def __contains__(self, o): return None
print(A() == A(), A() != 1, 5 in A())
attempt(lambda: A() < A())
attempt(lambda: A() + A())
attempt(lambda: A() + 1)
attempt(lambda: sum([A()]))
print({None: 1, ...: 2}[None], (None, ...) == (None, ...), [None] * 3, None or "default", None if None else "else", any([None, 0]), [x for x in [None, 1, None] if x is not None])
