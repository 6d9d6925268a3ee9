# print: sep, end, file, flush, odd arguments, failing __str__.

import sys
print()
print(1, "a", None, 2.5, [1], sep="-")
print("no newline", end="")
print("|", end="\n\n")
print(*"abc", sep=", ", end="!\n")
print("a", "b", sep="", end="")
print(sep="x")
print(None, end=None, sep=None)
print("to stdout", file=sys.stdout, flush=True)
print("file None", file=None)
class W:
    def __init__(self): self.got = []
    def write(self, s): self.got.append(s)
    def flush(self): self.got.append("<flush>")
w = W()
print("x", 5, sep="--", end="END", file=w)
print("y", file=w, flush=True)
print(file=w)
print(w.got)
def attempt(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: print(1, sep=5))
attempt(lambda: print(1, end=b"x"))
attempt(lambda: print(1, nope=2))
attempt(lambda: print(1, file=5))
class Bad:
    def __str__(self): raise ValueError("no str")
attempt(lambda: print("first", Bad(), "third"))
class NotStr:
    def __str__(self): return 5
attempt(lambda: print(NotStr()))
class Failing:
    def write(self, s): raise OSError("disk full")
attempt(lambda: print("x", file=Failing()))
print(print("inner"), repr("é\n"), "é中😀", "tab\there", sep="|")
old = sys.stdout
sys.stdout = w
print("redirected")
sys.stdout = old
print(w.got[-2:], sys.stdout.write("written\n"))
class Out(W):
    pass
sys.stdout = None
print("lost")
sys.stdout = old
print("back")
