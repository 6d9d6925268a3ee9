# heapq, bisect, copy, operator.

import heapq, bisect, copy, operator
h = [5, 3, 8, 1]
heapq.heapify(h)
heapq.heappush(h, 0)
print(h[0], [heapq.heappop(h) for _ in range(5)], heapq.nlargest(2, [3, 9, 1]), heapq.nsmallest(2, ["bb", "a", "ccc"], key=len), list(heapq.merge([1, 4], [2, 3])), heapq.heappushpop([2, 5], 1), heapq.heapreplace([2, 5], 9))
try: heapq.heappop([])
except IndexError as e: print(e)
l = [1, 3, 3, 5]
print(bisect.bisect_left(l, 3), bisect.bisect_right(l, 3), bisect.bisect(l, 9), bisect.bisect_left(["a", "bbb"], 2, key=len))
bisect.insort(l, 4); bisect.insort_left(l, 3)
print(l)
a = [1, [2, {"k": [3]}]]
b, c = copy.copy(a), copy.deepcopy(a)
a[1][1]["k"].append(4)
print(b, c, b[1] is a[1], c[1] is a[1])
r = [1]; r.append(r)
r2 = copy.deepcopy(r)
print(r2[1] is r2, r2[1] is r)
class P:
    def __init__(self, v): self.v = v
class Own(P):
    def __copy__(self): return Own("copied")
    def __deepcopy__(self, memo): return Own(copy.deepcopy(self.v, memo) + ["deep"])
x = P([1])
y, z = copy.copy(x), copy.deepcopy(x)
x.v.append(2)
print(y.v, z.v, copy.copy(Own(1)).v, copy.deepcopy(Own([0])).v, copy.copy((1, 2)), copy.deepcopy({1: (2, [3])}), copy.copy(5), copy.deepcopy(P) is P)
shared = [0]
d = copy.deepcopy({"a": shared, "b": shared})
print(d["a"] is d["b"], d["a"] is shared)
print(operator.add(1, 2), operator.itemgetter(1)("abc"), operator.itemgetter(0, 2)("abc"), operator.attrgetter("real")(5), operator.methodcaller("upper")("a"), sorted([("b", 1), ("a", 2)], key=operator.itemgetter(1)), operator.mul(3, "ab"), operator.contains([1], 1), operator.index(True), operator.neg(5), operator.xor(5, 1), operator.iadd([1], [2]), operator.countOf([1, 1], 1), operator.attrgetter("a.b")(type("X", (), {"a": type("Y", (), {"b": 7})})))
