# exit: 1
# An error in a class body, in a comprehension, called from a lambda.

apply = lambda f: f()

def build():
    class Broken:
        values = [int(s) for s in ("1", "x")]
    return Broken

apply(lambda: build())
