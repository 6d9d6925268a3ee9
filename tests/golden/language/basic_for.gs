# for over range, list, string.

total = 0
for i in range(10):
    total += i
print(total)
for x in [1, "a", None]:
    print(x)
for c in "abc":
    print(c, end=" ")
print()
