# Tuples and sets.

a, b = 1, 2
a, b = b, a
t = (a, b, "c")
print(a, b, t, t[2], len(t))
s = {1, 2, 2, 3}
s.add(4)
print(s, len(s), 3 in s, s & {1, 9})
