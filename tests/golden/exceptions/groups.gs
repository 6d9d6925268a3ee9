# ExceptionGroup and except*: splitting, nesting, re-raising, names, derive, messages.

def attempt(f):
    try:
        f()
    except BaseException as e:
        show(e)
def show(e, ind=0):
    print(" " * ind + f"{type(e).__name__}: {e}")
    if isinstance(e, BaseExceptionGroup):
        for x in e.exceptions: show(x, ind + 2)
eg = ExceptionGroup("eg", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [ValueError(2), KeyError("k")])])
show(eg)
print(repr(eg), eg.message, eg.args, len(eg.exceptions), type(eg.exceptions).__name__, str(eg))
def one():
    try:
        raise eg
    except* ValueError as e:
        print("caught", repr(e))
    except* KeyError as e:
        print("caught", repr(e), e.__context__)
attempt(one)
def two():
    try:
        raise ExceptionGroup("two", [ValueError(1), OSError(2)])
    except* (ValueError, TypeError) as e:
        print("tuple", e.exceptions)
    except* OSError:
        print("os")
    else:
        print("not else")
    finally:
        print("finally")
attempt(two)
def naked():
    try:
        raise ValueError("naked")
    except* ValueError as e:
        print(type(e).__name__, repr(e.message), e.exceptions)
attempt(naked)
def passes():
    try:
        raise KeyError("not matched")
    except* ValueError:
        print("no")
attempt(passes)
def reraise():
    try:
        raise ExceptionGroup("r", [ValueError(1), TypeError(2), KeyError(3)])
    except* ValueError:
        raise
    except* TypeError:
        print("type handled")
attempt(reraise)
def new_error():
    try:
        raise ExceptionGroup("n", [ValueError(1), TypeError(2)])
    except* ValueError:
        raise RuntimeError("new")
    except* TypeError:
        raise IndexError("second new")
attempt(new_error)
def no_exc():
    try:
        pass
    except* ValueError:
        print("no")
    else:
        print("else runs")
attempt(no_exc)
def bad_type():
    try:
        raise ValueError
    except* ExceptionGroup:
        pass
attempt(bad_type)
def loop():
    for i in range(2):
        try:
            raise ExceptionGroup(f"loop{i}", [ValueError(i)])
        except* ValueError as e:
            print(e.exceptions[0])
loop()
m, rest = eg.split(ValueError)
show(m); show(rest)
print(eg.split(OSError)[0], eg.subgroup(OSError), eg.split(Exception)[1])
show(eg.subgroup(lambda e: isinstance(e, KeyError) or e.args == (1,)))
show(eg.derive([ValueError("derived")]))
for bad in (lambda: ExceptionGroup("x", []), lambda: ExceptionGroup("x", [5]), lambda: ExceptionGroup(5, [ValueError()]), lambda: ExceptionGroup("x"), lambda: ExceptionGroup("x", 5), lambda: ExceptionGroup("x", [KeyboardInterrupt()]), lambda: eg.split(5), lambda: ExceptionGroup("x", [ValueError])):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
b = BaseExceptionGroup("b", [KeyboardInterrupt(), ValueError()])
print(type(b).__name__, type(BaseExceptionGroup("b", [ValueError()])).__name__, isinstance(b, Exception), isinstance(eg, Exception))
class MyGroup(ExceptionGroup):
    def derive(self, excs): return MyGroup(self.message + "!", excs)
g = MyGroup("mine", [ValueError(1), KeyError(2)])
show(g.split(ValueError)[0])
def with_sub():
    try:
        raise g
    except* ValueError as e:
        print(type(e).__name__, e)
attempt(with_sub)
def nested():
    try:
        try:
            raise ExceptionGroup("outer", [ValueError(1), TypeError(2)])
        except* ValueError as e:
            print("inner handler", e.exceptions)
    except* TypeError as e:
        print("outer handler", e.exceptions)
attempt(nested)
def returns():
    try:
        raise ExceptionGroup("r", [ValueError()])
    except* ValueError:
        x = "assigned in the handler"
    return x
print(returns())
eg.add_note("a note")
print(eg.__notes__, eg.split(KeyError)[0].__notes__)
try:
    raise ExceptionGroup("plain except", [ValueError()])
except ExceptionGroup as e:
    print("plain", e)
