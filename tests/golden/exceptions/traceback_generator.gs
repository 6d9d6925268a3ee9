# exit: 1
# Frames of generators, yield from and generator expressions in a traceback.

def numbers():
    yield 1
    raise LookupError("no more numbers")

def outer():
    yield from numbers()

print(sum(n for n in outer()))
