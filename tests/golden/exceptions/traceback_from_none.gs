# exit: 1
# raise ... from None hides the context.

def convert(s):
    try:
        return int(s)
    except ValueError:
        raise TypeError(f"not a number: {s!r}") from None

convert("abc")
