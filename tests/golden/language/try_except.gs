# except clauses: matching, tuples, subclasses, names, bare except, re-raise, unusual filters.

def attempt(exc):
    try:
        raise exc
    except (KeyError, IndexError) as e:
        return "lookup " + type(e).__name__
    except ArithmeticError:
        return "arithmetic"
    except OSError as e:
        return f"os {e}"
    except Exception:
        return "other"
    except:
        return "bare"
for e in (KeyError(1), IndexError(), ZeroDivisionError(), FileNotFoundError(2, "no"), ValueError, KeyboardInterrupt, SystemExit(1), GeneratorExit()):
    print(attempt(e))

# --- the name is unbound afterwards, also when it was bound before
e = "before"
try:
    raise ValueError("v")
except ValueError as e:
    kept = e
print("e" in globals(), kept)

# --- filters are evaluated one after the other, only as far as needed
def filt(name, exc):
    print("filter", name)
    return exc
try:
    raise KeyError
except filt("a", ValueError):
    pass
except filt("b", (TypeError, (KeyError))):
    print("caught by b")
except filt("c", Exception):
    pass
try:
    pass
except filt("never", Exception):
    pass

# --- filters that are no classes
for bad in (1, "x", None, (ValueError, 3), [ValueError], int):
    try:
        try:
            raise ValueError("inner")
        except bad:
            print("matched?")
    except TypeError as t:
        print(t, "|", repr(t.__context__))
    except ValueError as v:
        print("passed through:", v)
try:
    try:
        raise ValueError("inner")
    except undefined_filter:
        pass
except NameError as n:
    print(n, repr(n.__context__))
try:
    raise ValueError("a computed tuple")
except (KeyError,) + (TypeError, ValueError):
    print("ok")

# --- re-raise
def reraise():
    try:
        raise ValueError("again")
    except ValueError:
        print("log")
        raise
try:
    reraise()
except ValueError as e:
    print("outer", e)
try:
    raise
except RuntimeError as e:
    print(e)
def in_function():
    raise
try:
    try:
        1 / 0
    except ZeroDivisionError:
        in_function()
except ZeroDivisionError as e:
    print("from function:", e)

# --- raising classes, instances and nonsense
for what in (ValueError, ValueError(), ValueError("a", 2), 5, "str", None, int, object()):
    try:
        raise what
    except ValueError as e:
        print(repr(e), e.args)
    except TypeError as e:
        print(e)
class Picky(Exception):
    def __init__(self, needed):
        super().__init__(needed)
try:
    raise Picky
except TypeError as e:
    print(e)

# --- exceptions in loops and nested handlers
def nested():
    try:
        try:
            raise KeyError("k")
        except KeyError as e:
            try:
                raise ValueError("v")
            except ValueError as e2:
                print(repr(e), repr(e2), e2.__context__ is e)
            print("e still bound:", repr(e))
            raise
    except KeyError as e:
        return "outer got " + repr(e)
print(nested())
count = 0
for i in range(-2, 3):
    try:
        count += 10 // i
    except ZeroDivisionError:
        continue
print(count)
