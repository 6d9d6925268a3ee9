# exit: 1
# The traceback of an exception group with nested groups.

def fail(kind, text):
    try:
        raise kind(text)
    except kind as e:
        return e

def raise_group():
    inner = ExceptionGroup("inner", [fail(TypeError, "t"), fail(KeyError, "k")])
    raise ExceptionGroup("outer", [fail(ValueError, "v"), inner])

raise_group()
