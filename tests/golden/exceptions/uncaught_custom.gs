# exit: 1
# Uncaught exceptions of own classes, with module and nested names, and an odd __str__.

class Outer:
    class Error(Exception):
        def __str__(self):
            return "own text"

try:
    raise Outer.Error()
except Outer.Error as e:
    print(type(e).__qualname__)
raise Outer.Error(1, 2)
