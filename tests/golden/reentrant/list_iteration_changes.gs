# for over a list that shrinks, grows, is cleared or replaced in the body.

l = [1, 2, 3, 4]
for x in l:
    print(x, end=" ")
    l.remove(x)
print(l)
l = [1, 2, 3]
for x in l:
    print(x, end=" ")
    if len(l) < 6: l.insert(0, x * 10)
print(l)
l = [1, 2, 3]
for x in l:
    print(x, end=" ")
    l.clear()
print(l)
l = [1, 2, 3]
for x in l:
    print(x, end=" ")
    l = ["not seen"]
print(l)
l = [3, 1, 2]
for x in l:
    print(x, end=" ")
    l.sort()
print(l)
l = [1, 2, 3, 4]
for i, x in enumerate(l):
    print(i, x, end=" ")
    del l[0]
print(l)
l = [1, 2, 3, 4]
for x in reversed(l):
    print(x, end=" ")
    l.pop()
print(l)
l = [1, 2, 3, 4]
for x in reversed(l):
    print(x, end=" ")
    l.append(x)
print(l)
l = [1, 2, 3]
print([l.pop() for _ in l], l)
l = [1, 2, 3]
print([x for x in l if len(l) < 6 and not l.append(x)], len(l))
l = [1, 2, 3, 4]
for a, b in zip(l, l):
    print(a, b, end=" ")
    l.pop()
print(l)
l = [1, 2, 3]
it = iter(l)
l.clear()
print(list(it))
l.append(5)
print(list(it))
