# Recursion through built-ins that call back: sorted, map, min, filter, re.sub, json, sum.

import json, re
def s(x): return sorted([1, 2], key=s)
def m(x): return list(map(m, [1]))
def mi(x): return min([1, 2], key=mi)
def fi(x): return list(filter(fi, [1]))
def rs(x): return re.sub("a", rs, "a")
def jd(x): return json.dumps(object(), default=jd)
def jh(x): return json.loads("{}", object_hook=jh)
def ex(x): exec("ex(x)")
def ev(x): return eval("ev(x)")
def it(x): return next(iter(lambda: it(x), 5))
def so(x):
    l = [2, 1]
    l.sort(key=so)
def ap(x): return max((x for x in [1, 2]), key=ap)
def fo(x): return "{:{}}".format(1, F())
def li(x): return list(G())
def un(x):
    a, b = G()
def st(x): return f(*G())
def f(*a): return a
class F:
    def __format__(self, s): return fo(1)
class G:
    def __iter__(self):
        yield 1
        yield li(1)
for fn in (s, m, mi, fi, rs, jd, jh, ex, ev, it, so, ap, fo, li, un, st):
    try:
        fn(1)
        print(fn.__name__, "no error")
    except RecursionError as e:
        print(fn.__name__, type(e).__name__)
print(sorted([3, 1], key=lambda v: sorted([v])[0]))
