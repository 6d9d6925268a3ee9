# Small statements and placeholders: pass, Ellipsis, doc strings, expression statements.

"""The module's doc is the first statement after the comments."""
print(__doc__)
def stub(): ...
def stub2(): pass
class Stub: ...
class Stub2: "doc only"
print(stub(), stub2(), Stub.__doc__, Stub2.__doc__, ...)
1
"string statement"
[print("side effect")]
print
None
-1
x = y = ...
print(x is Ellipsis, repr(...), type(...).__name__, bool(...))
if True: ...
for _ in "ab": ...
while False: ...
try: ...
except: ...
class D:
    """Doc of D"""
    attr = 1
    """not a doc"""
    def m(self):
        "doc of m"
        "second"
print(D.__doc__, D.m.__doc__)
def raw():
    r"""raw \n doc"""
def byt():
    b"bytes are no doc"
def joined():
    "a " "b"
print(raw.__doc__, byt.__doc__, joined.__doc__)
D.m.__doc__ = "changed"
print(D.m.__doc__, D().m.__doc__)
D.__doc__ = "changed too"
print(D.__doc__)
