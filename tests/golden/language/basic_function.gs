# Functions: parameters, defaults, return values, recursion.

def add(a, b=10):
    return a + b
def nothing():
    pass
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
print(add(1), add(1, 2), add(b=1, a=5), nothing(), fib(15))
