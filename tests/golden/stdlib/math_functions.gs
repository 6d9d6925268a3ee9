# math: every everyday function, exact results, special values, errors.

import math
from math import *
print(pi, e, tau, inf, nan != nan)
print(sqrt(16), sqrt(2), cbrt(27), isqrt(17), isqrt(10 ** 40), floor(2.7), floor(-2.7), ceil(2.1), ceil(-2.1), trunc(-2.7), floor(1e20), ceil(5), fabs(-3), factorial(20), factorial(0), gcd(12, 18), gcd(), gcd(12, 18, 27), gcd(-4, 6), lcm(4, 6), lcm(), lcm(2, 3, 0), comb(5, 2), comb(50, 25), perm(5, 2), perm(5), prod([1, 2, 3]), prod([], start=5), prod([1.5, 2]))
print(sin(0), cos(0), round(tan(1), 12), round(asin(1), 12), round(acos(0.5), 12), round(atan(1), 12), atan2(1, 1), atan2(0, -1), atan2(-0.0, -1), round(sinh(1), 12), round(cosh(1), 12), round(tanh(1), 12), degrees(pi), radians(180), hypot(3, 4), hypot(1, 2, 2), dist((0, 0), (3, 4)))
print(exp(0), round(exp(1), 12), exp2(10), expm1(0), log(1), log(8, 2), log(100, 10), log2(8), log10(1000), log1p(0), log(10 ** 400), log2(2 ** 1000), log10(10 ** 400), pow(2, 0.5), pow(2, 3), pow(0, 0))
print(fmod(7, 3), fmod(-7, 3), remainder(7, 4), modf(3.25), modf(-3.25), frexp(8), frexp(0), ldexp(0.5, 4), copysign(1, -0.0), fsum([0.1] * 10), nextafter(1, 2), ulp(1.0), isclose(0.1 + 0.2, 0.3), isclose(1, 1.1), isclose(1, 1.1, rel_tol=0.2), isclose(0, 1e-10, abs_tol=1e-9), isfinite(1), isfinite(inf), isinf(-inf), isnan(nan), gamma(5), round(lgamma(10), 10), erf(0), erfc(0))
def attempt(f):
    try:
        print(f())
    except Exception as ex:
        print(type(ex).__name__, ex)
for f in (lambda: sqrt(-1), lambda: log(0), lambda: log(-1), lambda: log(0, 2), lambda: log(5, 1), lambda: acos(2), lambda: factorial(-1), lambda: factorial(1.5), lambda: factorial("a"), lambda: isqrt(-1), lambda: isqrt(1.5), lambda: exp(1000), lambda: pow(0, -1), lambda: pow(-8, 1 / 3), lambda: fmod(1, 0), lambda: fmod(inf, 1), lambda: floor(inf), lambda: floor(nan), lambda: ceil("a"), lambda: sqrt("a"), lambda: sqrt(), lambda: sqrt(1, 2), lambda: gcd(1.5), lambda: comb(-1, 2), lambda: comb(3, 1.5), lambda: perm(-1), lambda: hypot("a"), lambda: dist((1,), (1, 2)), lambda: prod(["a"]), lambda: fsum(["a"]), lambda: atan2(1), lambda: ldexp(1.0, 10 ** 10), lambda: sinh(1000), lambda: gamma(0), lambda: gamma(-1), lambda: trunc("a"), lambda: isclose(1, 1, rel_tol=-1), lambda: sin(inf), lambda: math.nope, lambda: sqrt(10 ** 400), lambda: log(None), lambda: exp(1j), lambda: math.pow(10, 400)):
    attempt(f)
class F:
    def __float__(self): return 4.0
    def __floor__(self): return "own floor"
    def __ceil__(self): return "own ceil"
    def __trunc__(self): return "own trunc"
print(sqrt(F()), floor(F()), ceil(F()), trunc(F()), sqrt(True), comb(10, 10 ** 10) , hypot(), copysign(nan, -1) != 0, floor(-0.5), sqrt(10 ** 30), atan2(0.0, 0.0))
def primes(n):
    return [p for p in range(2, n) if all(p % d for d in range(2, isqrt(p) + 1))]
print(primes(60), sum(1 / factorial(k) for k in range(20)), 4 * sum((-1) ** k / (2 * k + 1) for k in range(1000)))
