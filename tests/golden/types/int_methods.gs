# int: methods and attributes: to_bytes, from_bytes, as_integer_ratio, numerator, round, comparisons, hash.

print((1000).to_bytes(2, "big"), (1000).to_bytes(4, "little"), (-2).to_bytes(2, "big", signed=True), (0).to_bytes(0, "big"), (255).to_bytes(), (1 << 70).to_bytes(9, "big"))
print(int.from_bytes(b"\x03\xe8", "big"), int.from_bytes(b"\xe8\x03", "little"), int.from_bytes(b"\xff\xfe", "big", signed=True), int.from_bytes([1, 2]), int.from_bytes(b""), int.from_bytes(b"\xff" * 10, "big", signed=True), int.from_bytes(b"\x80" + b"\0" * 8, "big", signed=True))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: (256).to_bytes(1, "big"))
attempt(lambda: (-1).to_bytes(1, "big"))
attempt(lambda: (128).to_bytes(1, "big", signed=True))
attempt(lambda: (1).to_bytes(-1, "big"))
attempt(lambda: (1).to_bytes(1, "middle"))
attempt(lambda: int.from_bytes("ab", "big"))
print((5).numerator, (5).denominator, (5).real, (5).imag, (5).conjugate(), (5).as_integer_ratio(), True.real)
print(round(1234, -2), round(1250, -2), round(1350, -2), round(-1250, -2), round(5, 3), round(15, -1), round(25, -1), round(7), round(1234, -5), round(10 ** 30 + 5, -1))
print((3).__floor__(), (3).__ceil__(), (3).__trunc__(), abs(-5), abs(-10 ** 30), +True, (-5).__abs__(), (5).__bool__())
print(hash(5), hash(-1), hash(-2), hash(2 ** 61 - 1), hash(2 ** 61), hash(10 ** 30), hash(-10 ** 30), hash(True), hash(1.0) == hash(1))
print(1 == 1.0, 2 ** 53 == float(2 ** 53), 2 ** 53 + 1 == float(2 ** 53 + 1), 10 ** 400 > 1e308, 10 ** 400 > float("inf"), -10 ** 400 < 1e-300, 10 ** 23 == 1e23, 1 < float("nan"))
print(sorted([3, -1, 2.5, True, 10 ** 20, -1e30, False]), max(1, 1.0), min(True, 1), max(2 ** 70, 1e21))
print(isinstance(True, int), type(5), int.__name__, (5).__class__, isinstance(5, (float, int)))
print(int(5) == 5, int(True), repr(int("7")))
print((10).__format__("x"), (5).__repr__(), str(5), (5).__eq__(5.0), (5).__lt__(6), (5).__divmod__(2), (5).__rpow__(2), (5).__index__(), (5).__int__(), (5).__float__())
print(int.__doc__.splitlines()[0])
for n in (0, 1, 2 ** 31, 2 ** 62 - 1, 2 ** 62, 2 ** 63, 2 ** 64):
    print(n == n + 0, n < n + 1, -n <= n, n.bit_length(), float(n), n // 2, -n // 2)
