# list.sort while the key function looks at and changes the list.

def attempt(l, key):
    try:
        l.sort(key=key)
        print("sorted", l)
    except Exception as e:
        print(type(e).__name__, e, l)
l = [3, 1, 2]
attempt(l, lambda v: (len(l), v))
l = [3, 1, 2]
attempt(l, lambda v: l.append(v) or v)
l = [3, 1, 2]
attempt(l, lambda v: l.clear() or v)
l = [3, 1, 2]
def assign(v):
    l[:] = ["other"]
    return v
attempt(l, assign)
l = [3, 1, 2]
def raise_third(v, seen=[]):
    seen.append(v)
    if len(seen) == 3: raise KeyError("third")
    return v
attempt(l, raise_third)
l = [5, 4, 3]
def sort_inside(v):
    l.sort()
    return -v
attempt(l, sort_inside)
l = [[2], [1], [3]]
def other(v):
    v.append(len(v))
    return v[0]
attempt(l, other)
