"""A plain module."""
print("running", __name__)
value = 1
_private = 2


def bump():
    global value
    value += 1
    return value
