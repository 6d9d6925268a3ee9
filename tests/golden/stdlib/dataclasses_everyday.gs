# dataclasses: fields, defaults, comparison, frozen, post-init, inheritance, helpers, errors.

from dataclasses import dataclass, field, fields, asdict, astuple, replace, is_dataclass, KW_ONLY, FrozenInstanceError
from typing import ClassVar

@dataclass
class P:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    count: ClassVar[int] = 5
p = P(1)
p.tags.append("t")
print(p, P(1, 2) == P(1, 2), P(1) != P(2), p.tags is not P(1).tags, asdict(p), astuple(p), replace(p, x=9), [f.name for f in fields(P)], is_dataclass(P), is_dataclass(p), P.count, P.__match_args__)
@dataclass(order=True, frozen=True)
class V:
    major: int
    minor: int = 0
    name: str = field(default="", compare=False, repr=False)
print(V(1, 2) < V(1, 3), sorted([V(2), V(1, 5), V(1)]), {V(1): "a"}[V(1, 0, "other")], max(V(1), V(0, 9)), V(1))
for f in (lambda: setattr(V(1), "major", 2), lambda: P(), lambda: P(1, 2, 3, 4), lambda: P(z=1), lambda: delattr(V(1), "major"), lambda: P(1) < P(2), lambda: hash(P(1)), lambda: replace(p, nope=1), lambda: asdict(5)):
    try: print(f())
    except (FrozenInstanceError, TypeError) as e: print(type(e).__name__, e)
@dataclass
class Base:
    a: int
    b: int = 2
    def __post_init__(self): self.total = self.a + self.b
@dataclass
class Child(Base):
    c: int = 3
    _: KW_ONLY
    k: str = "kw"
    def __post_init__(self):
        super().__post_init__()
        self.total += self.c
print(Child(1), Child(1, k="z").total, Child(1, 2, 3) == Base(1, 2), Child.__mro__[1].__name__)
for src in ("@dataclass\nclass B:\n    a: int = 0\n    b: int", "@dataclass\nclass B:\n    a: list = []", "@dataclass(frozen=True)\nclass B(P): pass"):
    try: exec(src)
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
@dataclass
class Tree:
    v: int
    kids: list["Tree"] = field(default_factory=list)
t = Tree(1, [Tree(2), Tree(3, [Tree(4)])])
print(t, asdict(t)["kids"][1]["kids"][0]["v"])
match p:
    case P(1, y): print("matched", y)
@dataclass(slots=True)
class S: x: int = 1
print(S(), hasattr(S(), "__dict__"))
@dataclass(repr=False, eq=False)
class Plain: x: int = 1
print(Plain() == Plain(), repr(Plain()).split(" object")[0])
