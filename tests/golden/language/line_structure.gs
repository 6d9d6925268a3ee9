# Line joining, semicolons, comments, blank lines, odd indentation, backslashes.

x = 1; y = 2; print(x, y);
if x: print("one line"); print("still")
for i in range(2): print(i, end=" "); print(i * 2)
while y: y -= 1; continue
class A: a = 1; b = 2
def f(): return 1; return 2
print(A.b, f())
total = 1 + \
    2 + \
    3
print(total)
lst = [1,   # a comment inside brackets
       2,

       3,
  # another, less indented
]
print(lst)
d = {
    "a": 1, "b": (
2
), }
print(d)
if (x == 1 and
y == 0):
  print("two spaces")
  if True:
        print("eight more")
  # a comment at a strange level
# and one at level 0
  print("back at two")
def g(a,
      b=3,
      *,
      c=4,
      ):
    # comment first
    """Not a comment, a doc string."""

    return (a
            + b
            + c)
print(g(1), g.__doc__)
if x:
	print("a tab")
	if y == 0:
		print("two tabs")
s = """
    lines in a string
  do not count
"""
print(len(s.splitlines())); print(f(
))
try: pass
except: pass
else: print("else")
finally: print("finally")
if True: pass
elif False: pass
else: pass
with_backslash = "a" \
                 "b"
print(with_backslash)
assert x == \
    1
print(1, 2,
      3, sep=
      "-")
lambda_ = lambda \
    q: q
print(lambda_(5))
@(lambda f:
  f)
def decorated(): return "decorated"
print(decorated())
class Empty:

    # only a comment and a doc string

    "doc"
print(Empty.__doc__)
if x:
    pass

    # trailing comment in the block
else:
    pass
print("form\x0cfeed"); print("end")
   # an indented comment at the end
