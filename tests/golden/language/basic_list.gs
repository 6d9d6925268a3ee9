# Lists: indexing, appending, slicing, looping.

l = [3, 1, 2]
l.append(5)
l[0] = 30
print(l, len(l), l[1], l[-1], l[1:3], 5 in l)
l.sort()
print(l, sum(l), l.pop(), l)
print([x * x for x in l])
