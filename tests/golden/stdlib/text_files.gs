# Text files: newlines, encodings, errors, iteration, seek, buffering, print to a file.

def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
with open("t.txt", "w", newline="") as f:
    f.write("a\r\nb\rc\nd")
for nl in (None, "", "\n", "\r\n", "\r"):
    with open("t.txt", newline=nl) as f:
        print(repr(nl), f.readlines(), f.newlines)
with open("w.txt", "w", newline="\r\n") as f:
    print("x\ny", file=f)
print(open("w.txt", "rb").read())
with open("l.txt", "w", encoding="latin-1") as f:
    f.write("é")
print(open("l.txt", "rb").read(), open("l.txt", encoding="latin-1").read())
attempt(lambda: open("l.txt", encoding="utf-8").read())
print(open("l.txt", encoding="utf-8", errors="replace").read(), open("l.txt", errors="ignore").read() == "", open("l.txt", errors="surrogateescape").read() == "\udce9", open("l.txt", errors="backslashreplace").read())
attempt(lambda: open("x.txt", "w", encoding="ascii").write("é"))
attempt(lambda: open("x.txt", encoding="no-such"))
attempt(lambda: open("x.txt", newline="x"))
attempt(lambda: open("x.txt", "w", 0))
attempt(lambda: open("x.txt", "rw"))
attempt(lambda: open("x.txt", "rbt"))
attempt(lambda: open(-5))
attempt(lambda: open(1.5))
with open("u.txt", "w", encoding="utf-8") as f:
    f.write("héllo\n" * 3 + "end 😀")
with open("u.txt", encoding="utf-8") as f:
    print(f.read(2), f.readline(), f.readline(3), next(f), f.read(), repr(f.read()), f.readline() == "")
    print(f.seek(0), f.read(1), f.seek(0, 2) > 5, f.seek(0), len(f.read()))
    attempt(lambda: f.seek(1, 1))
    attempt(lambda: f.seek(-1))
    attempt(lambda: f.write("x"))
with open("u.txt") as f:
    for i, line in enumerate(f, 1):
        print(i, line.rstrip())
    attempt(lambda: next(f))
with open("u.txt") as f:
    next(f)
    attempt(lambda: f.tell())
with open("b.bin", "wb") as f:
    print(f.write(b"0123456789"), f.tell(), f.seek(3), f.write(b"XY"), f.tell())
with open("b.bin", "rb") as f:
    print(f.read(4), f.peek(2)[:2], f.read(), f.read(), f.seek(-3, 2), f.readinto(b := bytearray(2)), b, f.seek(0), f.readline(), f.seek(2, 1) > 0)
with open("b.bin", "r+b") as f:
    f.seek(8); f.write(b"!!!"); f.seek(0); print(f.read(), f.truncate(4)); f.seek(0); print(f.read())
with open("b.bin", "ab") as f:
    f.write(b"END"); print(f.tell())
print(open("b.bin", "rb", 0).read(), list(open("b.bin", "rb")))
f = open("u.txt")
f.close(); f.close()
for op in (f.read, f.readline, lambda: next(f), lambda: f.write("x"), f.flush, lambda: f.__enter__(), f.tell, lambda: list(f), f.fileno, f.isatty):
    attempt(op)
with open("multi.txt", "w") as a, open("multi2.txt", "w") as b:
    a.write("1"); b.write("2")
print(open("multi.txt").read() + open("multi2.txt").read(), a.closed, b.closed)
try:
    with open("err.txt", "w") as f:
        f.write("kept")
        raise ValueError("in the block")
except ValueError as e:
    print(e, f.closed, open("err.txt").read())
open("stored_nowhere.txt", "w").write("flushed all the same")
print(open("stored_nowhere.txt").read())
class Upper:
    def __init__(self, f): self.f = f
    def write(self, s): return self.f.write(s.upper())
with open("up.txt", "w") as f: print("shout", file=Upper(f))
print(open("up.txt").read(), sum(len(l) for l in open("u.txt")), max(open("u.txt"), key=len).strip(), dict(enumerate(open("multi.txt"))), "".join(open("multi2.txt")), sorted(open("t.txt")))
