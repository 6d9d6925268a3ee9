# Stars in calls, displays, subscripts, return and yield; double stars; errors.

def f(*args, **kw):
    return args, kw
print(f(*[1, 2], *"ab", 3, *()), f(**{"a": 1}, b=2, **{}))
print(f(1, *[2], k=3, *(4,), **{"z": 5}))
print([*range(3), 9, *"xy"], (*[1],), {*[1, 1, 2]}, {**{"a": 1}, "a": 2, **{"b": 3, "a": 4}})
t = *range(3), 7
print(t)
def ret():
    return 1, *[2, 3]
print(ret())
def gen():
    yield 1, *[2]
    yield from (*"ab",)
print(list(gen()))
x = [*{"k1": 1, "k2": 2}]
print(x)
print({**{1: "int keys are fine in displays"}})
def order(*a, **k): pass
def v(s):
    print(s, end=" ")
    return s
order(v(1), *v([2]), v(3), k=v("k"), *v([4]), **v({}))
print()

# --- errors
def attempt(fn):
    try:
        print(fn())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: f(*5))
attempt(lambda: f(**5))
attempt(lambda: f(**{1: 2}))
attempt(lambda: f(a=1, **{"a": 2}))
attempt(lambda: f(**{"a": 1}, **{"a": 2}))
attempt(lambda: [*5])
attempt(lambda: {*5})
attempt(lambda: {**5})
attempt(lambda: {**[1]})
attempt(lambda: {*[[]]})
attempt(lambda: (*None,))
attempt(lambda: print(*(1 / n for n in (1, 0))))

class Mapping:
    def keys(self): return ["p", "q"]
    def __getitem__(self, k): return k * 2
print(f(**Mapping()), {**Mapping()})
class NoItem:
    def keys(self): return ["p"]
attempt(lambda: f(**NoItem()))

# --- subscripts
class S:
    def __getitem__(self, k): return k
print(S()[1, *[2, 3]], S()[*"ab"], S()[1:2, *()], S()[:, ::2, ...])
a, *b = f(*range(4))[0]
print(a, b)
print(*[1, 2], *[3], sep="-")
print(max(*[3, 9, 2]), "{} {k}".format(*[1], **{"k": 2}))
for x in *[1, 2], 3:
    print(x, end=" ")
print()
