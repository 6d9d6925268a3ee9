# itertools: the everyday functions.

from itertools import *
print(list(chain("ab", [1])), list(chain.from_iterable([[1], [2, 3]])), list(islice(count(5, 2), 3)), list(islice("abcdef", 1, 5, 2)), list(islice(cycle("ab"), 5)), list(repeat("x", 3)), list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], lambda a, b: a * b, initial=10)), list(takewhile(lambda x: x < 3, range(9))), list(dropwhile(lambda x: x < 3, range(5))), list(filterfalse(lambda x: x % 2, range(5))), list(compress("abc", [1, 0, 1])), list(pairwise("abcd")), list(zip_longest("ab", "xyz", fillvalue="-")), list(starmap(pow, [(2, 3), (3, 2)])))
print(list(product("ab", [1, 2])), list(product([0, 1], repeat=2)), list(permutations("abc", 2)), list(combinations("abcd", 2)), list(combinations_with_replacement("ab", 2)), len(list(permutations(range(5)))), list(combinations("ab", 3)), list(product()))
print([(k, list(g)) for k, g in groupby("aabccc")], [(k, [w for w in g]) for k, g in groupby(["ab", "ac", "bd"], key=lambda w: w[0])], {k: len(list(g)) for k, g in groupby(sorted("hello"))})
a, b = tee(iter([1, 2, 3]))
print(next(a), list(b), list(a), list(tee("ab", 3)[2]))
c = count(1.5, 0.5)
print(next(c), next(c), repr(count(3)), repr(repeat(1, 2)), repr(count(1, 2)))
for bad in (lambda: islice("a", -1), lambda: list(islice("abc", 1, 2, 0)), lambda: count("a"), lambda: permutations("ab", -1), lambda: next(cycle([])), lambda: list(chain(5)), lambda: list(starmap(pow, [5])), lambda: zip_longest("a", nope=1), lambda: repeat(), lambda: accumulate(5), lambda: product("a", repeat=-1)):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
it = iter(range(10))
print(list(islice(it, 3)), list(islice(it, 2, None, 3)), list(it))
def batched(xs, n):
    xs = iter(xs)
    while b := tuple(islice(xs, n)): yield b
print(list(batched("abcdefg", 3)), sum(1 for _ in combinations(range(10), 3)), ["".join(p) for p in product("ab", repeat=2)], list(map(sum, pairwise([1, 2, 3]))))
