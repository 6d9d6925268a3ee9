# A context manager.

class CM:
    def __enter__(self):
        print("enter")
        return "value"
    def __exit__(self, t, v, tb):
        print("exit", t)
with CM() as x:
    print(x)
