# Attribute and call chains, setattr and getattr, attribute errors and suggestions.

class Node:
    def __init__(self, v, next=None): self.v, self.next = v, next
    def add(self, v):
        n = self
        while n.next: n = n.next
        n.next = Node(v)
        return self
    def __iter__(self):
        n = self
        while n:
            yield n.v
            n = n.next
print(list(Node(1).add(2).add(3)), Node(1).add(5).next.v)
print("a,b;c".replace(";", ",").split(",")[1:][0].upper().center(5, "*").strip("*").lower())
n = Node(0)
n.extra = {"list": [1, {"deep": (7, 8)}]}
n.extra["list"][1]["deep"] += (9,)
print(n.extra["list"][1]["deep"][-1], n.__dict__.keys() == {"v", "next", "extra"})
def attempt(f):
    try:
        print(f())
    except AttributeError as e:
        print(e, "|", e.name, "|", type(e.obj).__name__)
attempt(lambda: n.missing)
attempt(lambda: Node.missing)
attempt(lambda: None.x)
attempt(lambda: (5).x)
attempt(lambda: "s".x)
attempt(lambda: [].x)
attempt(lambda: len.x)
attempt(lambda: attempt.x)
attempt(lambda: n.add.x)
attempt(lambda: int.x)
attempt(lambda: object().x)
attempt(lambda: __import__("math").x)
attempt(lambda: super(Node, n).x)
def sets(o, k, val):
    try:
        setattr(o, k, val)
        print("set", k)
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)
sets(n, "ok", 1)
sets(5, "x", 1)
sets("s", "x", 1)
sets([], "x", 1)
sets(None, "x", 1)
sets(object(), "x", 1)
sets(int, "x", 1)
sets(len, "x", 1)
sets(n.add, "x", 1)
sets((), "__len__", 1)
sets([], "append", 1)
sets(n, "with space", 2)
print(getattr(n, "with space"), getattr(n, "zz", "default"), hasattr(n, "v"), getattr(n, "v"))
for bad in ((n, 5), (n,), (n, None, 1)):
    try:
        getattr(*bad)
    except TypeError as e:
        print(e)
print(vars(n)["ok"], "ok" in dir(n))
delattr(n, "ok")
attempt(lambda: n.ok)
attempt(lambda: delattr(n, "ok"))
