# Functions as objects: names, docs, annotations, attributes, closures, code names.

def outer(a: int, *args: "many", k: str = "s", **kw: dict) -> list:
    """The doc string.

    Second line.
    """
    def inner():
        return a
    return inner
print(outer.__name__, outer.__qualname__, outer.__module__)
print(outer.__doc__.splitlines()[0], outer(1).__name__, outer(1).__qualname__)
print(outer.__annotations__)
print(outer.__defaults__, outer.__kwdefaults__)
print((lambda: 0).__name__, (lambda: 0).__qualname__)
class C:
    def method(self): "m doc"
    class D:
        def deep(self):
            def local(): pass
            return local
    lam = lambda self: 1
print(C.method.__qualname__, C.D.deep.__qualname__, C.D().deep().__qualname__, C.lam.__qualname__, C.method.__doc__)
outer.tag = {"x": 1}
print(outer.tag, outer.__dict__)
del outer.tag
try:
    outer.tag
except AttributeError as e:
    print(e)
outer.__name__ = "renamed"
outer.__qualname__ = "q.renamed"
outer.__doc__ = None
print(outer.__name__, outer.__doc__)
try:
    outer.__name__ = 5
except TypeError as e:
    print(e)

cl = outer(42)
print(cl.__closure__[0].cell_contents, outer.__closure__)
print(outer.__code__.co_name, outer.__code__.co_argcount, outer.__code__.co_varnames[:4])
print(callable(outer), isinstance(outer, type(lambda: 0)), type(outer).__name__)
print(outer == outer, outer != cl, hash(outer) == hash(outer))

# --- bound methods
c = C()
m = c.method
print(m.__self__ is c, m.__func__ is C.method, m.__name__, m == c.method, m is c.method)
print(type(m).__name__, type(C.method).__name__)
try:
    m.attr = 1
except AttributeError as e:
    print(e)
C.method.attr = 2
print(m.attr)

# --- built-in functions
print(len.__name__, len.__qualname__, [].append.__name__, [].append.__self__, str.upper.__qualname__)
print(type(len).__name__, type([].append).__name__, type(str.upper).__name__, type(str.__add__).__name__, type("".__add__).__name__)
print(callable(len), callable(5), callable(C), callable(c))

# --- a function with only a doc string, one with nothing
def only_doc():
    "just this"
def not_a_doc():
    f"not a doc"
print(only_doc(), only_doc.__doc__, not_a_doc.__doc__)
def annotated_later():
    x: int = 1
    return annotated_later.__annotations__
print(annotated_later())

# --- recursion through attributes, functions in containers
def fact(n): return 1 if n <= 1 else n * fact(n - 1)
table = {"fact": fact, "neg": lambda x: -x, "type": type}
print([table[k](5) for k in ("fact", "neg")], table["type"](1) is int)
def compose(*fs):
    def run(x):
        for f in reversed(fs):
            x = f(x)
        return x
    return run
print(compose(str, abs, lambda x: x - 10)(3))
