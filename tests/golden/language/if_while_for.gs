# Control flow: if chains, while and for with else, break and continue, loop variables after the loop.

def classify(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    elif n < 10: return "small"
    else:
        return "large"
print([classify(n) for n in (-1, 0, 5, 50)])

# --- while
n = 5
while n:
    n -= 1
    if n == 3:
        continue
    if n == 1:
        break
    print("n", n)
else:
    print("not reached")
while n > 0:
    n -= 1
else:
    print("else of while", n)
while False:
    pass
else:
    print("else at once")

# --- for
for x in "ab":
    for y in (1, 2, 3):
        if y == 2:
            break
        print(x, y)
    else:
        print("no break")
else:
    print("outer done", x, y)
for i in range(0):
    pass
else:
    print("empty loop's else")
try:
    print(i)
except NameError as e:
    print(e)
for i in range(3):
    i = i * 10
print(i)

# --- targets of for
for a, (b, *c) in [(1, "xyz"), (2, "pq")]:
    print(a, b, c)
d = {}
for d["key"] in range(3):
    pass
print(d)
class O: pass
o = O()
for o.attr in "ab":
    print(o.attr)

# --- nested loops with continue in the else
for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            print(n, "=", d, "*", n // d)
            break
    else:
        print(n, "is prime")

# --- changing the list that is iterated over
items = [1, 2, 3, 4]
for it in items:
    if it == 2:
        items.remove(it)
    print("saw", it)
items = [1]
for it in items:
    if len(items) < 5:
        items.append(it + 1)
print(items)

# --- truth of everything
for v in (0, 1, "", "0", [], [0], {}, {0: 0}, None, 0.0, 1e-300, 0j, b"", range(0), range(1), set(), object):
    print("T" if v else "F", end=" ")
print()
for x in 5, 6:
    print(x, end=";")
print()
for x in *range(2), *"ab":
    print(x, end=";")
print()
