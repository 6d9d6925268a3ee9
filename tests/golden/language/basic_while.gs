# while with break and continue.

n = 0
while True:
    n = n + 1
    if n == 3:
        continue
    if n > 5:
        break
    print(n)
