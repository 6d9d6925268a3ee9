# try, except, finally, raise.

def f(x):
    try:
        return 10 / x
    except ZeroDivisionError as e:
        print("error:", e)
        return None
    finally:
        print("done", x)
print(f(2))
print(f(0))
try:
    raise ValueError("mine")
except ValueError as e:
    print(type(e).__name__, e)
