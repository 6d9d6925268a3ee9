# Decorators: order, arguments, classes, methods, any expression, stacked.

def trace(name):
    print("make", name)
    def deco(f):
        print("apply", name, f.__name__)
        def wrapped(*a, **k):
            print("call", name)
            return f(*a, **k)
        wrapped.__name__ = f.__name__
        return wrapped
    return deco
@trace("outer")
@trace("inner")
def add(a, b=1):
    return a + b
print(add(2), add(2, b=5), add.__name__)

registry = {}
def register(cls):
    registry[cls.__name__] = cls
    return cls
@register
class A: pass
@register
class B(A): pass
print(sorted(registry), registry["B"].__mro__[1].__name__)

# --- a decorator may return anything
@lambda f: 42
def answer(): pass
print(answer)
@str.upper
@lambda f: f.__name__
def shout(): pass
print(shout)
decorators = {"twice": lambda f: lambda x: f(f(x))}
@decorators["twice"]
def inc(x): return x + 1
print(inc(1))
@(lambda f: f) if True else None
def same(): return "same"
print(same())

class CountCalls:
    def __init__(self, f):
        self.f, self.n = f, 0
    def __call__(self, *a):
        self.n += 1
        return self.f(*a)
@CountCalls
def hello(who): return "hello " + who
hello("a"); hello("b")
print(hello.n, hello("c"))

class P:
    def __init__(self): self._v = 1
    @property
    def v(self): return self._v
    @v.setter
    def v(self, x): self._v = x * 2
    @v.deleter
    def v(self): self._v = None
    @staticmethod
    def s(x): return x + 1
    @classmethod
    def c(cls): return cls.__name__
p = P()
p.v = 10
print(p.v, P.s(1), p.s(2), P.c(), p.c())
del p.v
print(p.v)

def memo(f):
    cache = {}
    def inner(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    inner.cache = cache
    return inner
@memo
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(80), len(fib.cache))

try:
    @None
    def broken(): pass
except TypeError as e:
    print(e)
try:
    @undefined_decorator
    def broken(): pass
except NameError as e:
    print(e)

# --- the order of decorator, default and annotation evaluation
def v(x):
    print("eval", "lambda" if callable(x) else x)
    return x
@v(lambda f: f)
def ordered(a: v("annotation") = v("default")) -> v("return"): pass
