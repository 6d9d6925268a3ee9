# Files whose object was never stored, or is stored until the end: nothing that was written is lost.

import os
def size(name): return os.path.getsize(name)
open("a.txt", "w").write("never stored")
print(open("a.txt").read(), size("a.txt"))
open("b.bin", "wb").write(b"bytes")
print(open("b.bin", "rb").read())
for i in range(50):
    open("c.txt", "a").write(str(i) + "\n")
print(len(open("c.txt").readlines()), sum(int(line) for line in open("c.txt")))
def write(name, text):
    f = open(name, "w")
    f.write(text)
    f.close()
    return size(name)
print(write("d.txt", "closed"))
print(open("d.txt").readlines(), open("d.txt", "r+").write("CL"), open("d.txt").read(), open("d.txt").fileno() > 2)
it = open("d.txt").__iter__()
print(it.closed, next(it))
it.close()
def open_twice():
    f = open("h.txt", "w").write
    return f
write_later = open_twice()
write_later("x")
kept = []
def my_open(*args):
    kept.append(open(*args))
    return kept[-1]
def use(open):
    open("i.txt", "w").write("kept")
    return kept[-1].closed
print(use(my_open))
kept.pop().close()
x = open("i.txt").read()
print(x, [open("i.txt").read() for _ in range(2)], open("i.txt", encoding="ascii").read(2).upper())
try:
    open("i.txt").write("not writable")
except OSError as e:
    print(type(e).__name__, e)
[open("f.txt", "w").write("in a list")]
print([line for line in open("f.txt")], {name: open(name).read() for name in ("a.txt", "f.txt")})
with open("g.txt", "w") as f:
    f.write("with")
print(open("g.txt").read(), f.closed)
for n in range(3000):
    open("c.txt").read(1)
print("no descriptor is left over")
