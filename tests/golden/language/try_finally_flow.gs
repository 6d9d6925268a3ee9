# try, except, else, finally and return, break, continue: which wins, and in which order.

def returns():
    try:
        return "try"
    finally:
        print("finally runs")
print(returns())
def finally_wins():
    try:
        return 1
    finally:
        return 2
print(finally_wins())
def swallow():
    try:
        raise ValueError("lost")
    finally:
        return "swallowed"
print(swallow())
def loop_break():
    for i in range(5):
        try:
            if i == 2:
                break
        finally:
            print("f", i, end=" ")
    return i
print(loop_break())
def loop_continue():
    out = []
    for i in range(4):
        try:
            if i % 2:
                continue
            out.append(i)
        finally:
            out.append("f")
    return out
print(loop_continue())
def break_in_finally():
    while True:
        try:
            raise KeyError("gone")
        finally:
            break
    return "after"
print(break_in_finally())
def continue_in_finally():
    n = 0
    while n < 3:
        try:
            n += 1
            raise KeyError
        finally:
            continue
    return n
print(continue_in_finally())
def order(kind):
    log = []
    try:
        try:
            log.append("try")
            if kind == "raise":
                raise ValueError(kind)
            if kind == "return":
                return log
            if kind == "other":
                raise KeyError(kind)
        except ValueError:
            log.append("except")
        else:
            log.append("else")
        finally:
            log.append("finally")
        log.append("after")
    except KeyError:
        log.append("outer")
    return log
for k in ("none", "raise", "return", "other"):
    print(k, order(k))
def value_is_kept():
    x = 1
    try:
        return x
    finally:
        x = 2
print(value_is_kept())
def list_is_shared():
    x = [1]
    try:
        return x
    finally:
        x.append(2)
print(list_is_shared())
def nested():
    try:
        try:
            return "inner"
        finally:
            print("1")
    finally:
        print("2")
print(nested())
def raise_in_finally():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")
try:
    raise_in_finally()
except KeyError as e:
    print(e, repr(e.__context__))
def raise_in_except():
    try:
        1 / 0
    except ZeroDivisionError:
        raise RuntimeError("from except")
    finally:
        print("still finally")
try:
    raise_in_except()
except RuntimeError as e:
    print(e, repr(e.__context__), e.__cause__)
def else_raises():
    try:
        pass
    except ValueError:
        print("not here")
    else:
        raise ValueError("from else")
    finally:
        print("finally")
try:
    else_raises()
except ValueError as e:
    print("outside", e)
def generator():
    try:
        yield 1
        yield 2
    finally:
        print("generator closed")
g = generator()
for v in g:
    break
g.close()
g = generator(); next(g); g.close()
def deep(n):
    try:
        if n == 0:
            return "bottom"
        return deep(n - 1)
    finally:
        print(n, end=" ")
print(deep(5))
