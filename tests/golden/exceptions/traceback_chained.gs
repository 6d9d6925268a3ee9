# exit: 1
# Tracebacks of chained errors: the context first, then the cause, then the error itself.

def low():
    return {}["missing"]

def mid():
    try:
        low()
    except KeyError as e:
        raise ValueError("bad key") from e

def high():
    try:
        mid()
    except ValueError:
        raise RuntimeError("while handling")

high()
