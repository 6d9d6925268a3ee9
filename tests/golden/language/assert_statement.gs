# assert: with and without a message, what the message may be, evaluation.

assert True
assert 1, "never evaluated" + undefined_is_not_evaluated
def attempt(f):
    try:
        f()
    except AssertionError as e:
        print(type(e).__name__, repr(e), e.args, str(e))
def plain(): assert False
def message(): assert 0, "text"
def value(): assert [], {"k": 1}
def tuple_(): assert (), (1, 2)
def computed(): assert 1 > 2, f"{1 + 1} things"
def exception(): assert None, ValueError("inner")
for f in (plain, message, value, tuple_, computed, exception):
    attempt(f)
try:
    assert False, 1 / 0
except ZeroDivisionError as e:
    print(e, "during the message")
class Falsy:
    def __bool__(self):
        print("asked", end=" ")
        return False
try:
    assert not Falsy(), "x"
    assert Falsy(), "y"
except AssertionError as e:
    print(e)
try:
    assert False, "a" "b"
except Exception as e:
    print(e)
if __debug__:
    print("debug")
