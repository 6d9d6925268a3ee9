# The built-in exception classes: bases, defaults, attributes, str and repr.

import builtins
names = sorted(n for n in dir(builtins) if isinstance(getattr(builtins, n), type) and issubclass(getattr(builtins, n), BaseException) and getattr(builtins, n).__module__ == "builtins")
for n in names:
    c = getattr(builtins, n)
    print(n, c.__name__, [b.__name__ for b in c.__mro__[1:-1]])
print(ValueError(), repr(ValueError()), ValueError("a"), repr(ValueError("a")), ValueError("a", 2), repr(ValueError("a", 2)), ValueError("a", 2).args, KeyError("k"), KeyError(), KeyError("a", "b"), repr(KeyError("k")), str(Exception(None)), repr(Exception([1])))
print(StopIteration(5).value, StopIteration().value, StopIteration(1, 2).value, SystemExit(3).code, SystemExit().code, SystemExit(1, 2).code, StopAsyncIteration().args)
print(NameError("n", name="x").name, AttributeError("a", name="n", obj=5).obj, ImportError("m", name="mod", path="p").path, ImportError("m").msg, ModuleNotFoundError("z").name)
e = OSError(2, "No such file", "f.txt")
print(e, repr(e), e.errno, e.strerror, e.filename, e.args, type(e).__name__, OSError("one"), OSError(5), OSError(1, "a", "f1", None, "f2"), OSError().errno)
for no in (1, 2, 4, 9, 10, 11, 13, 17, 20, 21, 22, 32, 104, 103, 110, 111, 115, 999):
    print(no, type(OSError(no, "x")).__name__, end="; ")
print()
print(IOError is OSError, EnvironmentError is OSError, issubclass(TimeoutError, OSError), issubclass(ConnectionResetError, ConnectionError), isinstance(OSError(32, ""), BrokenPipeError), type(TimeoutError(2, "x")).__name__)
try:
    b"\xff".decode()
except UnicodeDecodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason, e.args)
try:
    "é".encode("ascii")
except UnicodeEncodeError as e:
    print(e.encoding, e.object, e.start, e.end, e.reason)
u = UnicodeDecodeError("utf-8", b"abc", 1, 2, "why")
print(u, repr(u))
for bad in (lambda: UnicodeDecodeError("x"), lambda: ValueError(x=1), lambda: StopIteration(y=1), lambda: BaseException.__new__(int)):
    try:
        bad()
    except TypeError as e:
        print(e)
x = ValueError("a")
x.args = ("changed", 1)
print(x, repr(x))
x.args = [1]
print(x.args)
try:
    x.args = 5
except TypeError as e:
    print(e)
x.extra = "attribute"
print(x.extra, vars(x), x == ValueError("a"), hash(x) == hash(x))
print(SyntaxError("m").msg, SyntaxError("m", ("f.py", 1, 2, "text")).lineno, SyntaxError("m", ("f.py", 1, 2, "text")), str(SyntaxError("m")))
