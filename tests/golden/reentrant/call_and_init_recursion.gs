# __call__, __new__, __init__, metaclass __call__ and decorators that call themselves again.

class F:
    def __call__(self, n): return 1 if n < 2 else n * self(n - 1)
print(F()(10))
class Node:
    made = 0
    def __init__(self, depth):
        Node.made += 1
        self.kids = [Node(depth - 1) for _ in range(2)] if depth else []
    def count(self): return 1 + sum(k.count() for k in self.kids)
print(Node(4).count(), Node.made)
class New:
    cache = {}
    def __new__(cls, n):
        if n in cls.cache: return cls.cache[n]
        self = object.__new__(cls)
        cls.cache[n] = self
        self.half = cls(n // 2) if n else None
        return self
x = New(10)
print(sorted(New.cache), x.half.half is New(2), New(10) is x)
class Meta(type):
    depth = 0
    def __call__(cls, *a):
        Meta.depth += 1
        try:
            if Meta.depth < 4: return [cls(*a)]
            return super().__call__(*a)
        finally:
            Meta.depth -= 1
class M(metaclass=Meta): pass
m = M()
while isinstance(m, list): m = m[0]
print(type(m).__name__, Meta.depth)
class Sub:
    made = []
    def __init_subclass__(cls, n=0, **kw):
        super().__init_subclass__(**kw)
        Sub.made.append(cls.__name__)
        if n:
            class Deeper(cls, n=n - 1): pass
class Top(Sub, n=3): pass
print(Sub.made)
def memo(f):
    seen = {}
    def g(n):
        if n not in seen:
            seen[n] = None
            seen[n] = f(n)
        return seen[n]
    return g
@memo
def odd(n): return n + (odd(n - 1) or 0) if n > 0 else odd(0)
print(odd(5))
class Ctx:
    depth = 0
    def __enter__(self):
        Ctx.depth += 1
        if Ctx.depth < 3:
            with self: pass
        return Ctx.depth
    def __exit__(self, *a): Ctx.depth -= 1
with Ctx() as d: print(d, Ctx.depth)
print(Ctx.depth)
