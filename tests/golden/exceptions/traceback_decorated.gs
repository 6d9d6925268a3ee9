# exit: 1
# Frames of decorators, properties, operators and context managers in a traceback.

def deco(f):
    def wrapper(*args, **kwargs):
        return f(*args, **kwargs)
    return wrapper

class V:
    @property
    @deco
    def p(self):
        return self + 1
    def __add__(self, other):
        with self as s:
            return s.missing
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        print("exit", exc[0].__name__)

V().p
