# exit: 1
# Uncaught exception without arguments, raised as a class, after output was printed.

print("some output")
def f():
    raise KeyError
f()
