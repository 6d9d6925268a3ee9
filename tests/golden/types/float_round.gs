# round(): halves to even, digits positive and negative, floats, results' types.

for x in (0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 0.05, 1e20, 123.456, -0.4, 1e16 + 1, 0.49999999999999994):
    print(x, round(x), round(x, 1), round(x, 2), round(x, 0), round(x, -1), round(x, None))
print(round(1e300, 2), round(1.5e-10, 5), round(5e15 + 0.5), round(1234.5678, -2), round(1234.5678, -5), round(0.1 + 0.2, 10), round(1e22, 400), round(1.23456789e-7, 400), round(123.0, -400), type(round(2.0)), type(round(2.0, 0)), type(round(2, 0)), type(round(True)))
class R:
    def __round__(self, n="none"): return f"rounded {n}"
print(round(R()), round(R(), 2), round(number=2.567, ndigits=1))
for a in ((1.5, "x"), ("x",), (None,), (1.5, 1.5), (), (1, 2, 3)):
    try:
        print(round(*a))
    except TypeError as e:
        print(e)
total = 0.0
for i in range(10):
    total += 0.1
print(total, round(total, 10), total == 1.0, sum([0.1] * 10), [round(i * 0.35, 1) for i in range(8)])
print([round(x / 4, 1) for x in range(-6, 7)], [round(x + 0.5) for x in range(-3, 4)])
