# collections: deque, Counter, defaultdict, OrderedDict, namedtuple, ChainMap.

from collections import deque, Counter, defaultdict, OrderedDict, namedtuple, ChainMap
d = deque([1, 2, 3], maxlen=4)
d.append(4); d.append(5); d.appendleft(0)
print(d, d.pop(), d.popleft(), list(d), d.maxlen, len(d), d[0], d[-1], 3 in d)
d.rotate(1); print(d); d.extend("ab"); print(d); d.extendleft([7]); d.reverse(); print(d, d.count(7), d.index(7))
q = deque()
for bad in (q.pop, q.popleft, lambda: q[0], lambda: q.remove(1), lambda: deque(maxlen=-1)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
c = Counter("mississippi")
print(c.most_common(2), c["s"], c["zz"], sum(c.values()), sorted(c.elements())[:5], c - Counter("miss"), (c + Counter("mm"))["m"], c & Counter("pp"), Counter(a=1) | Counter(a=3, b=2), c.total())
c.update("zz"); c.subtract("m"); print(sorted(c.items()), Counter([1, 1, 2]) == Counter({1: 2, 2: 1}))
dd = defaultdict(list)
dd["a"].append(1); dd["b"]
print(dd, dict(dd), dd.get("zz"), "zz" in dd, defaultdict(int, x=1)["y"], repr(defaultdict(None, {1: 2})))
try: defaultdict(None)["k"]
except KeyError as e: print("KeyError", e)
od = OrderedDict(b=1, a=2)
od["c"] = 3; od.move_to_end("b"); print(od, list(reversed(od)), od.popitem(last=False), od == {"c": 3, "b": 1}, OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1))
P = namedtuple("P", "x y z", defaults=[0])
p = P(1, y=2)
print(p, p.x, p[1], p._replace(x=9), p._asdict(), P._fields, P._make([4, 5, 6]), p == (1, 2, 0), *p, hash(p) == hash((1, 2, 0)), P._field_defaults, p._fields.index("y"))
for bad in (lambda: P(), lambda: P(1, 2, 3, 4), lambda: setattr(p, "x", 1), lambda: namedtuple("Q", "a a"), lambda: namedtuple("Q", "class"), lambda: namedtuple("1", "a"), lambda: namedtuple("Q", "_a"), lambda: p._replace(q=1)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
class Pt(namedtuple("Base", ["x", "y"])):
    __slots__ = ()
    @property
    def dist(self): return (self.x ** 2 + self.y ** 2) ** 0.5
print(Pt(3, 4).dist, Pt(3, 4), Pt(1, 2) < Pt(1, 3))
cm = ChainMap({"a": 1}, {"a": 2, "b": 3})
cm["c"] = 4
print(cm["a"], cm["b"], sorted(cm), cm.maps[0], len(cm), cm.new_child({"z": 0})["z"], cm.parents["a"])
