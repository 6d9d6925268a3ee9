# Subscripts and slices: reading, assigning, what reaches __getitem__.

s = "abcdefghij"
print(s[0], s[-1], s[2:5], s[:3], s[7:], s[:], s[::2], s[::-1], s[5:2], s[5:2:-1], s[-3:], s[:-3], s[100:], s[-100:3], s[::100], s[8:100:-3])
lst = list(range(10))
print(lst[2:8:3], lst[-2::-3], lst[:2:-2], lst[3:3], lst[True], lst[False:True])
lst[2:5] = "xy"
print(lst)
lst[:0] = [-1]
lst[len(lst):] = [99]
print(lst)
lst[::3] = "ABCD"
print(lst)
lst[1:1] = lst[:2]
print(lst)
lst[3:] = []
print(lst)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
def setitem(o, k, v):
    o[k] = v
    return o
attempt(lambda: s[10])
attempt(lambda: lst[5])
attempt(lambda: setitem(lst, 5, 1))
attempt(lambda: (1, 2)[2])
attempt(lambda: setitem((1,), 0, 1))
attempt(lambda: setitem("abc", 0, "x"))
attempt(lambda: s["a"])
attempt(lambda: lst["a"])
attempt(lambda: lst[1.0])
attempt(lambda: lst[None])
attempt(lambda: s[1, 2])
attempt(lambda: s["a":])
attempt(lambda: s[::0])
attempt(lambda: setitem([1, 2, 3], slice(None, None, 2), [1]))
attempt(lambda: setitem([1, 2], slice(0, 1), 5))
five = 5
attempt(lambda: five[0])
nothing = None
attempt(lambda: nothing["x"])
attempt(lambda: setitem(5, 0, 1))
attempt(lambda: len[0])
attempt(lambda: {}["missing"])
attempt(lambda: {}[[]])
attempt(lambda: {}[1:2])
attempt(lambda: lst[10 ** 30])
attempt(lambda: lst[10 ** 30:])
attempt(lambda: range(5)[7])
attempt(lambda: int[5])
attempt(lambda: list[int])

class Show:
    def __getitem__(self, k): return k
    def __setitem__(self, k, v): print("set", k, v)
    def __delitem__(self, k): print("del", k)
o = Show()
print(o[1], o[1:2], o[1:2:3], o[:], o[::], o[1, 2], o[1:2, ::3], o[...], o[..., 1], o["k"], o[()], o[1,], o[None:None])
o[1:2, 3] = 4
del o[::2], o[..., :]
o[o[5]] = o[6]

class Idx:
    def __init__(self, n): self.n = n
    def __index__(self): return self.n
print(s[Idx(3)], s[Idx(1):Idx(4)], lst[Idx(0)], range(10)[Idx(-1)], b"abc"[Idx(1)])
class BadIdx:
    def __index__(self): return "x"
attempt(lambda: s[BadIdx()])
attempt(lambda: s[BadIdx():])
class RaiseIdx:
    def __index__(self): raise KeyError("from index")
attempt(lambda: s[RaiseIdx()])
m = [[0] * 3 for _ in range(2)]
m[0][1] = m[1][-1] = 7
print(m, m[0][1:][0])
d = {(1, 2): "tuple key", slice: "type key"}
print(d[1, 2], d[slice])
