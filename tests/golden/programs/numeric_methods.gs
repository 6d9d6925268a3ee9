# Numbers: integration, roots, interpolation, least squares, random walks, Monte Carlo, fractals in text.

import math, random
def simpson(f, a, b, n=100):
    h = (b - a) / n
    return h / 3 * (f(a) + f(b) + sum((4 if i % 2 else 2) * f(a + i * h) for i in range(1, n)))
print(f"{simpson(math.sin, 0, math.pi):.8f} {simpson(lambda x: x * x, 0, 3):.6f} {simpson(math.exp, 0, 1):.9f}")
def bisect(f, lo, hi):
    if f(lo) * f(hi) > 0: raise ValueError("no change of sign")
    n = 0
    while hi - lo > 1e-12:
        mid, n = (lo + hi) / 2, n + 1
        lo, hi = (mid, hi) if f(lo) * f(mid) > 0 else (lo, mid)
    return round(lo, 9), n
print(bisect(lambda x: x * x - 2, 0, 2), bisect(math.cos, 0, 3))
try: bisect(lambda x: x * x + 1, 0, 1)
except ValueError as e: print(e)
def newton(f, x, h=1e-6):
    for n in range(100):
        d = (f(x + h) - f(x - h)) / (2 * h)
        x, old = x - f(x) / d, x
        if abs(x - old) < 1e-10: return round(x, 8), n
print(newton(lambda x: x ** 3 - x - 2, 1.5), newton(lambda x: math.log(x) - 1, 2))
def lagrange(points):
    def p(x): return sum(y * math.prod((x - xj) / (xi - xj) for j, (xj, _) in enumerate(points) if j != i) for i, (xi, y) in enumerate(points))
    return p
p = lagrange([(0, 1), (1, 3), (2, 2), (3, 5)])
print([round(p(x), 6) for x in (0, 0.5, 1, 2.5, 3)])
xs, ys = [1, 2, 3, 4, 5], [2.2, 4.1, 6.2, 7.9, 10.1]
mx, my = sum(xs) / 5, sum(ys) / 5
slope = sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)
print(f"y = {slope:.3f}x + {my - slope * mx:.3f}, deviation {math.sqrt(sum((y - my) ** 2 for y in ys) / 4):.4f}")
def rk4(f, y, t, h, n):
    for _ in range(n):
        k1 = f(t, y); k2 = f(t + h / 2, y + h * k1 / 2); k3 = f(t + h / 2, y + h * k2 / 2); k4 = f(t + h, y + h * k3)
        y, t = y + h * (k1 + 2 * k2 + 2 * k3 + k4) / 6, t + h
    return y
print(f"{rk4(lambda t, y: y, 1.0, 0, 0.1, 10):.6f} {rk4(lambda t, y: -2 * t * y, 1.0, 0, 0.05, 20):.6f}")
r = random.Random(1)
inside = sum(r.random() ** 2 + r.random() ** 2 < 1 for _ in range(20000))
print(inside, f"{4 * inside / 20000:.3f}")
pos, far = 0, 0
for _ in range(1000):
    pos += r.choice((-1, 1))
    far = max(far, abs(pos))
print(pos, far, f"{r.gauss(0, 1):.6f}")
for y in range(-6, 7):
    row = ""
    for x in range(-20, 9):
        c, z, n = complex(x / 10, y / 6), 0j, 0
        while abs(z) <= 2 and n < 20: z, n = z * z + c, n + 1
        row += " .:-=+*#%@"[n * 9 // 20]
    print(row.rstrip())
s = 0.0
for i in range(100000): s += 0.1
print(s, math.fsum([0.1] * 100000), sum([0.1] * 10) == 1, 0.1 + 0.2 - 0.3, 1e16 + 1 - 1e16, math.inf - 1e308)
print("".join("#" if math.sin(x / 3) > y / 5 else " " for y in (0,) for x in range(40)).rstrip(), [round(math.sin(math.radians(d)), 4) for d in range(0, 361, 45)])
print([f"{x:.3e}" for x in (6.02214076e23, 1.602e-19, 299792458, 0)], [math.floor(-2.5), math.ceil(-2.5), round(-2.5), int(-2.5), -5 // 2], math.hypot(3, 4), divmod(-7.5, 2))
