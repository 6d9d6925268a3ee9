# exit: 1
# The traceback of an uncaught error in nested functions.

def inner(x):
    return 10 / x

def middle(x):
    y = inner(x) + 1
    return y

class C:
    def method(self, v):
        return middle(v)

print("before")
C().method(0)
print("never")
