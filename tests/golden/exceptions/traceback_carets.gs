# exit: 1
# Carets under the failing part of expressions of several kinds.

def show(f):
    try:
        f()
    except Exception as e:
        tb = e.__traceback__
        while tb.tb_next:
            tb = tb.tb_next
        print(type(e).__name__, e, tb.tb_lineno, tb.tb_frame.f_code.co_name)

d = {"a": {"b": None}}
lst = [1, 2]

def f1(): return 1 + lst[0] * "x" / 2
def f2(): return d["a"]["b"]["c"]
def f3(): return lst[10] + 1
def f4(): return len(lst).real.nothing
def f5(): return (lambda x: x.y)(5)
def f6(): lst.append(1, 2)
for f in (f1, f2, f3, f4, f5, f6):
    show(f)

def compute(a, b):
    return (a + b) * undefined_name

result = compute(1,
                 2) + 3
