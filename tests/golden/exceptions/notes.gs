# add_note and __notes__.

e = ValueError("v")
print(hasattr(e, "__notes__"))
e.add_note("first")
e.add_note("second\nline")
print(e.__notes__, str(e), repr(e))
for bad in (5, None, b"x"):
    try:
        e.add_note(bad)
    except TypeError as t:
        print(t)
try:
    e.add_note()
except TypeError as t:
    print(t)
e.__notes__ = "not a list"
try:
    e.add_note("x")
except TypeError as t:
    print(t)
e.__notes__ = ["replaced"]
e.add_note("more")
print(e.__notes__)
del e.__notes__
print(hasattr(e, "__notes__"))
def load(name):
    try:
        raise KeyError(name)
    except KeyError as k:
        k.add_note(f"while loading {name}")
        raise
for n in ("a", "b"):
    try:
        load(n)
    except KeyError as k:
        print(k, k.__notes__)
class C(Exception): pass
c = C()
c.add_note("on own class")
print(c.__notes__, vars(c))
