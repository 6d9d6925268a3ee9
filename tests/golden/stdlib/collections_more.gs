# collections, functools and operator beyond the everyday.

from collections import *
import collections, copy
d = deque(range(10)); d.rotate(3); print(d); d.rotate(-4); print(d, d[3]); del d[2]; d.insert(1, 'q'); print(d, reversed(d) is not None, list(reversed(d)))
try:
    for x in d: d.append(1)
except RuntimeError as e: print(e)
print(deque([1,2])+deque([3]), deque([1,2])*2, deque('ab')==deque('ab'), deque('ab')<deque('b'), copy.copy(d)==d, deque('abc',2), bool(deque()))
d.remove('q'); print(d)
r = deque(); r.append(r); print(r)
dd = defaultdict(lambda: 5, {1:2}); dd[9]; print(type(dd.copy()), copy.copy(dd)[9])
class P(namedtuple('P','a b')): pass
print(P(1,2), P._make([1,2]), P(1,2).a, P.a.__doc__, P.__doc__, copy.copy(P(1,2)))
N = namedtuple('N', 'x, class', rename=True); print(N._fields, N.__module__, N.__new__.__doc__)
match P(3,4):
    case P(a, b): print(a, b)
print(Counter('abc') - Counter('a'), +Counter(a=-1, b=2), -Counter(a=-1), Counter(a=1) <= Counter(a=2))
od = OrderedDict.fromkeys('abc'); od.move_to_end('c', last=False); print(od, od|{'z':1})
import functools, operator
print(functools.partial(print, 1, sep='x').__class__.__name__, operator.itemgetter(1), operator.attrgetter('a.b'), operator.methodcaller('x', 1, a=2))
class C:
    @functools.lru_cache
    def m(self, x): return x + 1
    @functools.singledispatchmethod
    def s(self, a): return 'o'
    @s.register
    def _(self, a: int): return 'i'
print(C().m(3), C.m.cache_info(), C().s(1), C().s('a'), C.m.cache_parameters())
