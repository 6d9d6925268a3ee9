# abc and typing as everyday programs use them.

from abc import ABC, abstractmethod, ABCMeta
from typing import Any, Optional, Union, List, Dict, Callable, NamedTuple, TypeVar, Generic, Protocol, Iterable, Literal, Final, TypedDict, cast, get_type_hints, overload, runtime_checkable
class Shape(ABC):
    @abstractmethod
    def area(self) -> float: ...
    @property
    @abstractmethod
    def name(self): ...
    def describe(self): return f"{self.name}: {self.area()}"
class Sq(Shape):
    name = "square"
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
class Half(Shape):
    def area(self): return 0
print(Sq(3).describe(), isinstance(Sq(1), Shape), Shape.__abstractmethods__ == {"area", "name"})
for c in (Shape, Half):
    try: c()
    except TypeError as e: print(str(e).split(" with")[0])
@Shape.register
class Virtual: pass
print(issubclass(Virtual, Shape), isinstance(Virtual(), Shape), type(Shape) is ABCMeta)
class Pt(NamedTuple):
    x: int
    y: int = 0
    def norm(self): return abs(self.x) + abs(self.y)
print(Pt(3), Pt(1, -2).norm(), Pt._fields, Pt(1) == (1, 0))
T = TypeVar("T")
class Stack(Generic[T]):
    def __init__(self): self.items: List[T] = []
    def push(self, x: T) -> None: self.items.append(x)
    def pop(self) -> T: return self.items.pop()
s = Stack[int]()
s.push(1)
print(s.pop(), Stack.__name__, Optional[int], Union[int, str], List[int], Dict[str, Any], Callable[[int], str], Literal["a", 1], cast(int, "x"))
@runtime_checkable
class Closer(Protocol):
    def close(self) -> None: ...
class File:
    def close(self): pass
print(isinstance(File(), Closer), isinstance(5, Closer))
class Movie(TypedDict, total=False):
    title: str
    year: int
print(Movie(title="x"), type(Movie(title="x")).__name__)
def f(a: int, b: "str" = "", *c: float) -> Optional[bool]: ...
print(get_type_hints(f), f.__annotations__["b"])
import collections.abc as cabc
print(isinstance([], cabc.Sequence), isinstance({}, cabc.Mapping), isinstance(set(), cabc.Set), isinstance(iter([]), cabc.Iterator), isinstance(len, cabc.Callable), isinstance("", cabc.Iterable), issubclass(int, cabc.Hashable), isinstance((x for x in ()), cabc.Generator))
class Seq(cabc.Sequence):
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 2
print(list(Seq()), 4 in Seq(), Seq().index(2), Seq().count(0), list(reversed(Seq())))
