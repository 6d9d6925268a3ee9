# match: literal, capture, wildcard, or and value patterns, guards.

def f(x):
    match x:
        case 0:
            return "zero"
        case -1 | -2:
            return "minus"
        case 1.5 | 2 + 3j | -1 - 1j:
            return "number"
        case "a" | "b":
            return "letter"
        case b"bytes":
            return "bytes"
        case None:
            return "none"
        case True:
            return "true"
        case "multi" "part":
            return "joined"
        case str() as s if len(s) > 8:
            return f"long {s}"
        case y if y == 7:
            return f"guarded {y}"
        case _:
            return "other"
for v in (0, 0.0, False, -1, -2, 1.5, 2 + 3j, -1 - 1j, "a", "b", b"bytes", None, True, 1, "multipart", "a long string", 7, 7.0, [], ...):
    print(repr(v), f(v))

# --- value patterns
class Color:
    RED = 1
    GREEN = 2
    class Deep:
        BLUE = "blue"
def color(c):
    match c:
        case Color.RED:
            return "red"
        case Color.GREEN | Color.Deep.BLUE:
            return "green or blue"
    return "none"
print([color(c) for c in (1, 2, "blue", 3)])

# --- no case matches: nothing happens
match 5:
    case 6:
        print("no")
print("done")

# --- captures stay bound, also after a failed guard
match [1, 2]:
    case [a, b] if a > b:
        print("no")
    case [a, _]:
        print(a, b)
print(a, b)

# --- match, case, _ and type are ordinary names elsewhere
match = 3
case = 4
_ = 5
print(match + case + _)
match match:
    case case:
        print(case)
def soft(match, case=1): return match * case
print(soft(match=2), soft(2, case=8))
match, case = 1, 2
print(match, case)
match (1, 2):
    case 1, 2:
        print("tuple subject")
match 1, 2:
    case (1, x):
        print("no parentheses", x)
match -match:
    case -1:
        print("negative subject")
match [*range(3)]:
    case [*all_]:
        print(all_)
match = {"k": [1]}
match["k"][0] = 2
print(match)

# --- the subject is evaluated once, is compared with ==
class Eq:
    def __init__(self): self.n = 0
    def __eq__(self, other):
        self.n += 1
        return other == "third"
e = Eq()
match e:
    case "first": print(1)
    case None: print("none uses is")
    case "second" | "third": print("matched", e.n)
def subject():
    print("subject evaluated")
    return 3
match subject():
    case 1: pass
    case 2: pass
    case n if n > 5: pass
    case 3: print("three")

# --- the walrus in subject and guard
match (q := 10):
    case w if (z := w + q) > 15:
        print(q, w, z)
