# Heaps of many sizes against sorting, merging, and comparisons that change the heap.

import heapq, random
random.seed(3)
for n in (0, 1, 2, 7, 100, 1000):
    a = [random.randrange(50) for _ in range(n)]
    h = a[:]; heapq.heapify(h); print(h[:20])
    g = []
    for x in a: heapq.heappush(g, x)
    print(g[:20], [heapq.heappop(h) for _ in range(n)] == sorted(a), heapq.nlargest(3, a), heapq.nsmallest(3, iter(a)), heapq.nlargest(5, iter(a), key=lambda x: -x))
print(list(heapq.merge([3,1],[2],[],[5,0], reverse=True)), list(heapq.merge('ac','b',key=str.upper)), heapq.heappushpop([], 1))
class Bad:
    def __init__(s, l): s.l = l
    def __lt__(s, o): s.l.clear(); return True
l = []; l.extend([Bad(l), Bad(l), Bad(l)])
for f in (lambda: heapq.heapify(l), lambda: heapq.heappush((), 1), lambda: heapq.heapreplace([], 1), lambda: heapq.heappush([1], 'a')):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
f = [1.5, 0.5, 2.5]; heapq.heapify(f); heapq.heappush(f, 1); print(f)
