# Integer and float arithmetic in the simplest form.

print(1 + 2, 7 - 10, 6 * 7, 7 / 2, 7 // 2, 7 % 3, 2 ** 10)
print((1 + 2) * 3, -5 + 2, 1.5 * 4, 10 / 4)
x = 10
y = x * 2 + 1
print(x, y, x < y, x == 10)
