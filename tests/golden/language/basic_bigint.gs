# Integers grow without limit.

x = 1
for i in range(1, 31):
    x *= i
print(x)
print(2 ** 100, 2 ** 100 // 3 ** 20, -(2 ** 70))
