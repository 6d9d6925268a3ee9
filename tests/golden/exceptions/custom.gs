# Own exception classes: attributes, __str__, __init__ with and without super, hierarchy, class attributes.

class AppError(Exception):
    "base of all"
    code = 0
    def __init__(self, message="default", **details):
        super().__init__(message)
        self.details = details
    def __str__(self):
        s = super().__str__()
        return f"{s} {self.details}" if self.details else s
class NotFound(AppError): code = 404
class Denied(AppError): code = 403
for c, kw in ((AppError, {}), (NotFound, {"path": "/x"}), (Denied, {})):
    try:
        raise c("problem", **kw)
    except AppError as e:
        print(type(e).__name__, e, repr(e), e.code, e.args, e.details)
try:
    raise NotFound
except AppError as e:
    print(e, e.args)
class NoSuper(Exception):
    def __init__(self, a, b): self.a = a
try:
    raise NoSuper(1, 2)
except NoSuper as e:
    print(e.args, str(e), repr(e))
class NoArgs(Exception):
    def __init__(self): pass
print(repr(NoArgs()), NoArgs().args)
class WithRepr(Exception):
    def __repr__(self): return "<own repr>"
print(str(WithRepr(1)), repr(WithRepr(1)), [WithRepr()])
class Multi(KeyError, IndexError): pass
for f in (KeyError, IndexError, LookupError):
    try:
        raise Multi("m")
    except f as e:
        print(f.__name__, e)
class StrError(Exception):
    def __str__(self): raise ValueError("str failed")
try:
    print(StrError())
except ValueError as e:
    print(e)
class HttpError(AppError):
    def __init__(self, status, reason):
        super().__init__(f"{status} {reason}", status=status)
        self.status = status
    @property
    def retry(self): return self.status >= 500
    def __eq__(self, o): return isinstance(o, HttpError) and o.status == self.status
    __hash__ = Exception.__hash__
print(HttpError(503, "busy").retry, HttpError(404, "x") == HttpError(404, "y"), HttpError(404, "x"))
def retry(f, times, exc):
    for n in range(times):
        try:
            return f(n)
        except exc as e:
            print("try", n, e)
            last = e
    raise RuntimeError("gave up") from last
def flaky(n):
    if n < 2: raise HttpError(500 + n, "busy")
    return "ok"
print(retry(flaky, 5, HttpError))
try:
    retry(flaky, 2, HttpError)
except RuntimeError as e:
    print(e, "<-", e.__cause__)
class Meta(type): pass
class Sub(Exception, metaclass=Meta): pass
try:
    raise Sub("meta")
except Exception as e:
    print(type(type(e)).__name__, e)
class Slot(Exception):
    __slots__ = ("x",)
s = Slot(1)
s.x = 2
print(s.x, s.args)
class KW(Exception):
    def __init__(self, *, needed): super().__init__(needed)
print(repr(KW(needed=5)))
try:
    raise KW
except TypeError as e:
    print(e)
class New(Exception):
    def __new__(cls, *a):
        self = super().__new__(cls, *a)
        self.made = True
        return self
print(New(1).made, New(1, 2).args)
class OS(OSError):
    def __init__(self, msg): super().__init__(msg); self.m = msg
print(OS("x").m, OS("x"), OS("x").errno)
