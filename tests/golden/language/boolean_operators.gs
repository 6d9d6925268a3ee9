# and, or, not, conditional expressions: values, short circuits, precedence.

def v(x):
    print("<", repr(x), ">", sep="", end=" ")
    return x

print(v(0) or v("") or v([]))
print(v(1) and v("a") and v(None) and v(2))
print(v(0) or v(3) and v(4))
print(v(1) or v(3) and v(4))
print(not v(0), not v("x"))
print(not v(0) and v(5))
print(v(1) if v([]) else v(2))
print(1 if 0 else 2 if 0 else 3)
print((1 if 1 else 2) if 0 else 3)
print([x if x % 2 else -x for x in range(5)])
print((lambda: 1 if True else 2)())
print(not not [], not None is None, not 1 == 2)

class NoBool:
    def __bool__(self):
        raise ValueError("no truth here")
for code in ("NoBool() or 1", "not NoBool()", "1 if NoBool() else 2", "NoBool() and 1", "1 and NoBool()"):
    try:
        print(code, type(eval(code)).__name__)
    except ValueError as e:
        print(code, "->", e)

class BadBool:
    def __bool__(self):
        return 1
class BadLen:
    def __len__(self):
        return -1
class StrLen:
    def __len__(self):
        return "x"
class LenOnly:
    def __init__(self, n): self.n = n
    def __len__(self): return self.n
for o in (BadBool(), BadLen(), StrLen()):
    try:
        bool(o)
    except Exception as e:
        print(type(e).__name__, e)
print(bool(LenOnly(0)), bool(LenOnly(3)))
if LenOnly(0):
    print("wrong")
elif LenOnly(1):
    print("right")
while LenOnly(0):
    print("wrong")

# --- as conditions of comprehensions and asserts
print([a for a in (LenOnly(0), LenOnly(1), LenOnly(2)) if a and a.n > 1][0].n)
assert LenOnly(1) and not LenOnly(0)
x = None
y = x or {} or "default"
print(y)
x = x and x.attribute
print(x)
