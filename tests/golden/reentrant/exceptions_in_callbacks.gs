# Errors raised at every place where built-ins call back: the container stays as it should.

def boom(*a): raise ValueError("boom")
class E:
    __eq__ = __lt__ = __hash__ = __bool__ = __len__ = __iter__ = __repr__ = __str__ = __index__ = __add__ = __radd__ = __call__ = __contains__ = __getitem__ = __format__ = __int__ = __float__ = __neg__ = __enter__ = __next__ = __abs__ = __round__ = boom
    def __exit__(self, *a): pass
e = E()
l = [1, e, 2]
ops = [lambda: e == 1, lambda: e < 1, lambda: hash(e), lambda: bool(e), lambda: len(e), lambda: iter(e), lambda: repr(e), lambda: str(e), lambda: [0][e], lambda: e + 1, lambda: 1 + e, lambda: e(), lambda: 1 in e, lambda: e[0], lambda: f"{e}", lambda: int(e), lambda: float(e), lambda: -e, lambda: next(e), lambda: abs(e), lambda: round(e), lambda: not e, lambda: [1, 2].index(e), lambda: l.index(2), lambda: l.count(9), lambda: l.remove(2), lambda: sorted(l), lambda: {e: 1}, lambda: {e}, lambda: l == [1, 3, 2], lambda: sum([1, e]), lambda: min(1, e), lambda: max([e, 1]), lambda: any([0, e]), lambda: all([1, e]), lambda: list(e), lambda: [*e], lambda: print(*e), lambda: "".join(e), lambda: dict(e), lambda: set(e), lambda: str([e]), lambda: "%s" % e, lambda: "{}".format(e), lambda: range(e), lambda: "a" * e, lambda: bytes([e]), lambda: chr(e), lambda: list(map(e, [1])), lambda: list(filter(e, [1])), lambda: sorted([1], key=e), lambda: [x for x in e], lambda: (lambda a, b: 0)(*e), lambda: e + e, lambda: e and 1, lambda: 1 if e else 2, lambda: [0, 1][e:], lambda: isinstance(1, e), lambda: zip(e), lambda: enumerate(e), lambda: tuple(e), lambda: l.extend(e), lambda: [].__iadd__(e), lambda: {}.update(e), lambda: set().update(e), lambda: "abc".find("a", e), lambda: "%d" % e, lambda: print(e)]
from_boom = other = 0
for op in ops:
    try:
        op()
        print("no error", ops.index(op))
    except ValueError as ex:
        assert str(ex) == "boom"
        from_boom += 1
    except TypeError as ex:
        other += 1
        print("TypeError", ex)
print(from_boom, other, l[0], l[2], len(l))
def w():
    with e: pass
def u(): a, b = e
def fr():
    for x in e: pass
def wh():
    while e: pass
def yf(): yield from e
def asr(): assert e
def m():
    match 1:
        case _ if e: pass
def aug():
    x = e
    x += 1
def dl():
    x = [1]
    del x[e]
for f in (w, u, fr, wh, lambda: list(yf()), asr, m, aug, dl):
    try:
        f()
    except ValueError as ex:
        print(ex, end=" ")
print()
