# Precedence and associativity of all operators.

print(2 + 3 * 4, (2 + 3) * 4, 2 * 3 ** 2, -2 ** 2, 2 ** -1, 2 ** 3 ** 2, (2 ** 3) ** 2)
print(10 - 4 - 3, 100 / 10 / 2, 100 // 7 // 2, 7 % 4 % 2, 2 - -2, 5 - +3)
print(1 + 2 << 3, 1 << 2 + 3, 6 & 3 | 8, 6 | 3 & 8, 6 ^ 3 & 1, 1 | 2 ^ 3, ~1 + 2, -~1, ~-1, not ~-1)
print(1 < 2 == True, not 1 == 2, not (1 == 2), 1 + 1 in [2], not 1 in [2], 1 not in [2] == True)
print(True or False and False, (True or False) and False, not True or True, not (True or True))
print(1 if 0 else 2 + 3, (1 if 0 else 2) + 3, "x" + "y" if 0 else "z")
print([*range(2 + 1)], {**{"a": 1 | 2}}, "a" + "b" * 3, "%d" % 3 * 2, "%d" % (3 * 2), -3 % 5, -(3 % 5), -7 // 2, -(7 // 2))
print(2 ** 2 .bit_length(), -1 .real, 3 .__add__(4), "x".upper()[0] * 2, [1, 2][-1] ** 2)
print(1, 2 if 1 else 3, 4)
print((lambda: 1, 2)[1], (lambda: (1, 2))(), [lambda: 1 or 2][0]())
print(5 & 3 == 3, (5 & 3) == 3, 5 & (3 == 3), 1 << 1 < 3, 4 | 1 == 1)

class T:
    def __init__(self, s): self.s = s
    def __repr__(self): return self.s
def op(name, sym):
    def f(a, b): return T(f"({a}{sym}{b})")
    setattr(T, name, f)
for name, sym in dict(add="+", sub="-", mul="*", matmul="@", truediv="/", floordiv="//", mod="%", pow="**", lshift="<<", rshift=">>", and_="&", xor="^", or_="|").items():
    op("__" + name.rstrip("_") + "__", sym)
T.__neg__ = lambda a: T(f"(-{a})")
T.__pos__ = lambda a: T(f"(+{a})")
T.__invert__ = lambda a: T(f"(~{a})")
a, b, c, d = map(T, "abcd")
print(a + b * c, a * b + c, a - b - c, a ** b ** c, -a ** b, a ** -b, ~a ** b, -a * b, a * -b)
print(a @ b * c / d, a // b % c @ d, a << b + c, a & b << c, a ^ b & c, a | b ^ c & d, a >> b << c)
print(a + b - c + d, +-~a, a - (b - c), (a, b + c)[1], [a * b for _ in "x"][0], -a.__neg__(), a ** b + c)
