# List, set, dict comprehensions and generator expressions: nesting, conditions, scopes, order.

print([x * x for x in range(6)])
print([x for x in range(20) if x % 2 if x % 3 == 0])
print([(x, y) for x in range(3) for y in range(x)])
print([[y * 2 for y in row] for row in ((1, 2), (3, 4))])
print([x for row in [[1, 2], [3]] for x in row])
print(sorted({x % 3 for x in range(10)}), {x: str(x) for x in range(3)})
print({k: v for v, k in enumerate("abca")})
print(sum(x for x in range(5)), list(x for x in "ab"), dict((c, ord(c)) for c in "az"))
print([a + b for a, b in zip("ab", "cd")], [a for a, *_ in ["xyz", "pq"]])
print([*range(3), *(y for y in "z")], {**{1: 2}, **{k: k for k in (3, 4)}})
print([x for x in (1, 2, 3) if x > 1 or x < 1], [i if i else "zero" for i in range(2)])
print([lambda: 1][0](), [(lambda v: v + 1)(v) for v in (1, 2)])

# --- scope: the first iterable is evaluated outside, the rest inside
x = "outer"
r = [x for x in range(3)]
print(x, r)
class C:
    base = [1, 2, 3]
    direct = [b for b in base]
    try:
        nested = [b for _ in range(1) for b in base]
    except NameError as e:
        error = str(e)
print(C.direct, C.error)
def f(n):
    return [n * i for i in range(n)], {n: i for i in range(2)}, sum(n for _ in range(3))
print(f(3))
def closures():
    k = 10
    return [lambda: k + j for j in range(3)]
print([g() for g in closures()])

# --- order of evaluation
def v(s):
    print(s, end=" ")
    return s
print({v("k" + str(i)): v("v" + str(i)) for i in range(2)})
print([v(i) for i in v([1, 2]) if v("cond")])

# --- a generator expression is lazy, except for its first iterable
g = (v(y) for y in v("ab"))
print("made")
print(next(g), list(g))
try:
    (z for z in undefined_name)
except NameError as e:
    print(e)
late = (undefined_name for z in [1])
try:
    next(late)
except NameError as e:
    print(e)

# --- errors inside
try:
    [1 / n for n in (1, 0)]
except ZeroDivisionError as e:
    print(e)
try:
    {[]: 1 for _ in range(1)}
except TypeError as e:
    print(e)
try:
    [a for a, b in [(1, 2), (3,)]]
except ValueError as e:
    print(e)

# --- deep nesting and many clauses
print([(a, b, c, d) for a in range(2) for b in range(2) if a != b for c in range(2) for d in range(2) if c == d])
print([[[i + j + k for k in range(2)] for j in range(2)] for i in range(2)])
print(len([None for a in range(30) for b in range(30)]))
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)])
print(any(n > 3 for n in range(10)), all(n < 3 for n in range(10)), max((len(w), w) for w in "a bbb cc".split()))
