# exit: 1
# An exception whose __str__ fails is reported all the same.

class Bad(Exception):
    def __str__(self):
        raise RuntimeError("in str")

raise Bad("x")
