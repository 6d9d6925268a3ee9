# Conditions with a comparison, in every form in which they are jumped on, with operands of every kind.

class Odd:
    """Compares to strange things."""
    def __init__(self, answer): self.answer = answer
    def __eq__(self, other): return self.answer
    def __ne__(self, other): return self.answer
    def __lt__(self, other): return self.answer
    def __le__(self, other): return self.answer
    def __gt__(self, other): return self.answer
    def __ge__(self, other): return self.answer
class Untrue:
    def __bool__(self): raise ValueError("no truth")
class Empty:
    def __len__(self): return 0

VALUES = [3, 4, 5, -4, 4.0, 4.5, float("nan"), float("inf"), True, False, 2 ** 64, -2 ** 64, "4", None, [4], (4,), Odd(True), Odd(0), Odd([]), Odd("x"), Odd(Empty()), Odd(None)]
OPS = ["==", "!=", "<", "<=", ">", ">="]

# With a number in the code, then with a variable.
TEXT = """
def check(x, y):
    out = ""
    out += "i" if x OP RIGHT else "e"
    if x OP RIGHT: out += "I"
    if not x OP RIGHT: out += "N"
    if not (not x OP RIGHT): out += "M"
    if x OP RIGHT and y: out += "A"
    if y and x OP RIGHT: out += "a"
    if x OP RIGHT or not y: out += "O"
    if not y or x OP RIGHT: out += "o"
    if not (x OP RIGHT or y is None): out += "R"
    if not (y and x OP RIGHT): out += "r"
    while x OP RIGHT:
        out += "W"
        break
    else:
        out += "E"
    while not x OP RIGHT:
        out += "w"
        break
    out += "c" * len([1 for _ in range(2) if x OP RIGHT])
    out += "d" * len([1 for _ in range(2) if not x OP RIGHT])
    assert x OP RIGHT or True
    v = x OP RIGHT
    out += "t" if v else "f"
    if x OP RIGHT OP 9: out += "C"
    if not x OP RIGHT OP 9: out += "D"
    match x:
        case _ if x OP RIGHT: out += "g"
        case _: out += "h"
    return out
"""
z = 4
def run(check, value):
    try:
        return check(value, True)
    except (TypeError, ValueError) as e:
        return f"{type(e).__name__}: {e}"

for op in OPS:
    space = {"z": 4}
    print("==", op)
    for right in ("4", "z", "-4", "4.0", "100000", "'4'"):
        exec(TEXT.replace("OP", op).replace("RIGHT", right), space)
        lines = [run(space["check"], v) for v in VALUES]
        print(right, sum(len(line) for line in lines))
        if right in ("4", "z", "'4'"):
            for v, line in zip(VALUES, lines):
                print("   ", type(v).__name__, line)

for op in OPS:
    space = {"u": Odd(Untrue())}
    exec(TEXT.replace("OP", op).replace("RIGHT", "4"), space)
    print(op, run(space["check"], space["u"]))

# is and None.
def identities(x, y):
    out = ""
    if x is None: out += "a"
    if x is not None: out += "b"
    if not x is None: out += "c"
    if x is y: out += "d"
    if x is not y: out += "e"
    if not x is not y: out += "f"
    if x is None or y is None: out += "g"
    if x is not None and y is not None: out += "h"
    if x in (y, 3): out += "i"
    if x not in (y, 3): out += "j"
    while x is None:
        out += "k"
        break
    return out
for a in (None, 1, "s", 3):
    for b in (None, 1, "s"):
        print(a, b, identities(a, b))

# Loops that count with comparisons.
def counted(limit):
    n = total = 0
    while n < limit:
        n += 1
        if n >= 7: break
        if n <= 2: continue
        if n > 5: total += 100
        if n == 4: total += 10
        if n != 4: total += 1
    else:
        total = -total
    down = 10
    while down > 3 and not down == 5: down -= 1
    while not down >= 20: down += 2
    while not down <= 0: down -= 3
    return n, total, down
print(counted(3), counted(7), counted(100), counted(0))
