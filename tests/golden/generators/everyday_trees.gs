# Recursive generators over trees and nested data; early exit; parallel traversal.

class Node:
    def __init__(self, v, *kids): self.v, self.kids = v, kids
def pre(n):
    yield n.v
    for k in n.kids: yield from pre(k)
def post(n):
    for k in n.kids: yield from post(k)
    yield n.v
def level(n):
    queue = [n]
    while queue:
        n = queue.pop(0)
        yield n.v
        queue.extend(n.kids)
def paths(n, prefix=()):
    prefix += (n.v,)
    if not n.kids: yield "/".join(map(str, prefix))
    for k in n.kids: yield from paths(k, prefix)
t = Node(1, Node(2, Node(4), Node(5)), Node(3, Node(6)))
print(list(pre(t)), list(post(t)), list(level(t)), list(paths(t)))
print(next(v for v in pre(t) if v > 3), [a == b for a, b in zip(pre(t), level(t))], max(pre(t)), sum(1 for _ in post(t)))
def walk(data, path=""):
    match data:
        case dict():
            for k, v in data.items(): yield from walk(v, f"{path}.{k}")
        case list():
            for i, v in enumerate(data): yield from walk(v, f"{path}[{i}]")
        case _: yield path.lstrip("."), data
print(dict(walk({"a": [1, {"b": 2}], "c": {"d": {"e": None}}, "f": []})))
def same_fringe(a, b):
    end = object()
    a, b = post(a), post(b)
    while (x := next(a, end)) == next(b, end):
        if x is end: return True
    return False
print(same_fringe(t, t), same_fringe(t, Node(1)))
def deep(n): return Node(n, deep(n - 1)) if n else Node(0)
print(sum(pre(deep(200))), len(list(paths(deep(50)))))
