# contextlib: contextmanager, closing, suppress, ExitStack, redirect_stdout, nullcontext.

import io
from contextlib import contextmanager, closing, suppress, ExitStack, redirect_stdout, nullcontext, ContextDecorator
@contextmanager
def tag(name, swallow=()):
    print(f"<{name}>")
    try:
        yield name.upper()
    except swallow as e:
        print("swallowed", e)
    finally:
        print(f"</{name}>")
with tag("a") as x, tag("b"): print(x)
with tag("c", KeyError): raise KeyError("k")
try:
    with tag("d", KeyError): raise ValueError("through")
except ValueError as e: print(e)
@tag("deco")
def f(x): return x + 1
print(f(1), f(2))
@contextmanager
def no_yield():
    if False: yield
@contextmanager
def two_yields():
    yield 1
    yield 2
for cm in (no_yield, two_yields):
    try:
        with cm(): pass
    except RuntimeError as e: print(e)
class R:
    def close(self): print("closed")
with closing(R()) as r: print(type(r).__name__)
with suppress(KeyError, IndexError): {}["x"]
with suppress(ValueError): print("nothing to suppress")
with ExitStack() as st:
    for n in "xyz": st.enter_context(tag(n))
    st.callback(print, "callback", sep="")
    st.push(lambda *exc: print("pushed", exc[0]))
with ExitStack() as st:
    st.enter_context(suppress(ZeroDivisionError))
    1 / 0
with ExitStack() as st:
    st.callback(print, "not now")
    kept = st.pop_all()
print("later:")
kept.close()
buf = io.StringIO()
with redirect_stdout(buf): print("captured")
print(repr(buf.getvalue()))
with nullcontext(5) as n: print(n)
class Track(ContextDecorator):
    def __enter__(self): print("in"); return self
    def __exit__(self, *a): print("out"); return False
@Track()
def g(): return "body"
print(g())
