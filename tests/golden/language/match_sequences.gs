# match: sequence patterns, stars, nesting; which objects count as sequences.

def f(x):
    match x:
        case []:
            return "empty"
        case [1]:
            return "just one"
        case [x, y]:
            return f"two {x} {y}"
        case (1, *rest):
            return f"one and {rest}"
        case [first, *_, last] if first == last:
            return f"same ends {first}"
        case [[a, b], [c, *d], *e]:
            return f"nested {a} {b} {c} {d} {e}"
        case [*_, [deep]]:
            return f"last is a list of {deep}"
        case a, b, c:
            return f"three {a} {b} {c}"
        case _:
            return "no"
for v in ([], (), [1], (1,), [2], [1, 2], (1, 2, 3), [5, 6, 5], [[1, 2], [3, 4, 5], 6, 7], [9, 8, [7]], "abc", "ab", b"ab", bytearray(b"ab"), {1, 2}, {1: 2, 3: 4}, range(2), range(1, 4), iter([1, 2]), 5, None, [7, 8, 9]):
    print(type(v).__name__, f(v))

class Seq:
    "Not a sequence as far as match is concerned."
    def __len__(self): return 2
    def __getitem__(self, i): return [1, 2][i]
class ListSub(list): pass
class TupleSub(tuple): pass
class StrSub(str): pass
for v in (Seq(), ListSub([1, 2]), TupleSub((1, 2)), StrSub("ab")):
    print(type(v).__name__, f(v))

def stars(x):
    match x:
        case [a, *b, c]: return a, b, c
        case [*b]: return b
for v in ([1, 2], [1, 2, 3, 4], [1], []):
    print(stars(v))
def commands(line):
    match line.split():
        case ["go", ("north" | "south") as d]:
            return f"going {d}"
        case ["go", other]:
            return f"no way {other}"
        case ["get", obj, *more]:
            return f"got {obj}" + (f" and {len(more)} more" if more else "")
        case ["quit" | "exit"]:
            return "bye"
        case [cmd]:
            return f"what is {cmd}?"
        case []:
            return "say something"
        case _:
            return "too long"
for line in ("go north", "go up", "get lamp", "get lamp rope oil", "quit", "dance", "", "a b c"):
    print(repr(line), "->", commands(line))

def tree(t):
    match t:
        case None: return 0
        case (l, v, r): return tree(l) + v + tree(r)
print(tree(((None, 1, None), 2, (None, 3, (None, 4, None)))))
match [1, [2, [3, [4]]]]:
    case [a, [b, [c, [d]]]]:
        print(a, b, c, d)
match (0, 5):
    case (0, y) | (y, 0):
        print("or with the same names", y)
match [1, 2, 3]:
    case [x, *_] | [*_, x]:
        print(x)
match [[1, 2], [3, 4]]:
    case [[int(), int()] as p, [_, _] as q]:
        print(p, q)
