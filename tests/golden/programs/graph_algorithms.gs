# Graphs: breadth and depth first search, Dijkstra with an own heap, topological order, components, spanning tree.

class Heap:
    def __init__(self): self.a = []
    def push(self, x):
        a = self.a
        a.append(x)
        i = len(a) - 1
        while i and a[i] < a[(i - 1) // 2]:
            a[i], a[(i - 1) // 2] = a[(i - 1) // 2], a[i]
            i = (i - 1) // 2
    def pop(self):
        a = self.a
        top, last = a[0], a.pop()
        if a:
            a[0], i = last, 0
            while True:
                c = 2 * i + 1
                if c >= len(a): break
                if c + 1 < len(a) and a[c + 1] < a[c]: c += 1
                if a[i] <= a[c]: break
                a[i], a[c] = a[c], a[i]
                i = c
        return top
    def __bool__(self): return bool(self.a)
roads = [("A", "B", 7), ("A", "C", 9), ("A", "F", 14), ("B", "C", 10), ("B", "D", 15), ("C", "D", 11), ("C", "F", 2), ("D", "E", 6), ("E", "F", 9), ("X", "Y", 1)]
graph = {}
for a, b, w in roads:
    graph.setdefault(a, {})[b] = w
    graph.setdefault(b, {})[a] = w
def bfs(start):
    dist, queue = {start: 0}, [start]
    for v in queue:
        for n in sorted(graph[v]):
            if n not in dist:
                dist[n] = dist[v] + 1
                queue.append(n)
    return dist
def dfs(v, seen=None):
    seen = [] if seen is None else seen
    seen.append(v)
    for n in sorted(graph[v]):
        if n not in seen: dfs(n, seen)
    return seen
def dijkstra(start, goal):
    heap, best = Heap(), {}
    heap.push((0, start, (start,)))
    while heap:
        d, v, path = heap.pop()
        if v in best: continue
        best[v] = d
        if v == goal: return d, "".join(path)
        for n, w in graph[v].items():
            if n not in best: heap.push((d + w, n, path + (n,)))
    return None
def components():
    left, out = set(graph), []
    while left:
        c = set(bfs(min(left)))
        out.append("".join(sorted(c)))
        left -= c
    return out
def kruskal():
    parent = {v: v for v in graph}
    def find(v):
        while parent[v] != v:
            parent[v] = parent[parent[v]]
            v = parent[v]
        return v
    tree = []
    for a, b, w in sorted(roads, key=lambda r: r[2]):
        if find(a) != find(b):
            parent[find(a)] = find(b)
            tree.append((a, b, w))
    return tree
print(bfs("A"), dfs("A"), dijkstra("A", "E"), dijkstra("A", "X"), components(), kruskal(), sep="\n")
deps = {"app": ["lib", "ui"], "ui": ["core"], "lib": ["core", "net"], "core": [], "net": ["core"]}
def topo(deps):
    order, state = [], {}
    def visit(n, path):
        if state.get(n) == "done": return
        if state.get(n) == "open": raise ValueError("cycle: " + " -> ".join(path[path.index(n):] + [n]))
        state[n] = "open"
        for d in deps.get(n, ()): visit(d, path + [n])
        state[n] = "done"
        order.append(n)
    for n in deps: visit(n, [])
    return order
print(topo(deps))
try:
    topo({**deps, "core": ["app"]})
except ValueError as e:
    print(e)
h = Heap()
for x in (5, 3, 8, 1, 9, 2): h.push(x)
print([h.pop() for _ in range(6)])
INF = float("inf")
nodes = sorted(graph)
d = {(a, b): 0 if a == b else graph[a].get(b, INF) for a in nodes for b in nodes}
for k in nodes:
    for a in nodes:
        for b in nodes:
            d[a, b] = min(d[a, b], d[a, k] + d[k, b])
print([d["A", n] for n in nodes], d["A", "E"] == dijkstra("A", "E")[0])
