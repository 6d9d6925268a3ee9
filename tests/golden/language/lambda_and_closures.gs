# Lambdas with every kind of parameter; closures that share, outlive and update cells.

print((lambda: None)(), (lambda x: x * 2)(4), (lambda x, y=3: x + y)(1))
print((lambda *a, **k: (a, k))(1, z=2), (lambda a, /, b, *, c: (a, b, c))(1, 2, c=3))
print(sorted(["bb", "a", "ccc"], key=lambda s: -len(s)))
print((lambda f, n: f(f, n))(lambda f, n: 1 if n == 0 else n * f(f, n - 1), 10))
print(list(map(lambda p: p[0] * p[1], [(1, 2), (3, 4)])))
ys = [lambda x, n=n: x ** n for n in range(4)]
print([f(2) for f in ys])
print((lambda x: (y := x + 1) * y)(2))
print((lambda: (yield))().__class__.__name__)
print((lambda x: x if x > 0 else -x)(-5), (lambda: (1, 2))())

def bank(balance):
    def deposit(n):
        nonlocal balance
        balance += n
        return balance
    def withdraw(n):
        nonlocal balance
        if n > balance:
            raise ValueError(f"only {balance} there")
        balance -= n
        return balance
    return deposit, withdraw
dep, wd = bank(10)
dep(5)
print(wd(12))
try:
    wd(100)
except ValueError as e:
    print(e)

# --- three levels, the middle only passes the cell on
def a():
    v = 0
    def b():
        def c():
            nonlocal v
            v += 1
            return v
        return c
    return b(), b()
c1, c2 = a()
print(c1(), c2(), c1())

# --- cells of loop variables and of parameters
def make(n):
    fs = []
    for i in range(n):
        def f(): return i
        fs.append(f)
    return fs
print([f() for f in make(3)])
def params(x):
    def setter(v):
        nonlocal x
        x = v
    def getter(): return x
    return setter, getter
s, g = params(1)
s(99)
print(g())
def star(*args, **kw):
    return lambda: (args, kw)
print(star(1, a=2)())

# --- a closure over its own name, mutual recursion
def parity():
    def even(n): return n == 0 or odd(n - 1)
    def odd(n): return n != 0 and even(n - 1)
    return even, odd
even, odd = parity()
print(even(10), odd(7), even(3))

# --- a class body sees the cell of the function around it
def factory(greeting):
    class Greeter:
        text = greeting + "!"
        def say(self): return greeting, self.text
    return Greeter
print(factory("hi")().say(), factory("yo")().say())

# --- cells deleted and bound again
def dance():
    x = 1
    get = lambda: x
    del x
    try:
        get()
    except NameError as e:
        print(e)
    x = 2
    return get()
print(dance())
def curry(f, *a):
    return lambda *b: f(*a, *b)
print(curry(max, 3, 9)(4), curry(curry, pow, 2)(5)())
