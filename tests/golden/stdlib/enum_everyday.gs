# enum: members, values, iteration, look-up, flags, auto, methods, errors.

from enum import Enum, IntEnum, Flag, IntFlag, auto, unique
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1
    def describe(self): return f"{self.name.lower()}={self.value}"
    @classmethod
    def default(cls): return cls.GREEN
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color["BLUE"], Color.CRIMSON is Color.RED, list(Color), len(Color), Color.RED in Color, Color.BLUE.describe(), Color.default(), Color.RED == 1, Color.RED == Color.RED, {Color.RED: "r"}[Color(1)], isinstance(Color.RED, Color), list(Color.__members__), f"{Color.RED}", type(Color.RED).__name__)
for f in (lambda: Color(9), lambda: Color["NOPE"], lambda: setattr(Color, "RED", 5), lambda: Color.RED < Color.BLUE, lambda: Color.YELLOW, lambda: type("Sub", (Color,), {})):
    try: print(f())
    except (ValueError, KeyError, AttributeError, TypeError) as e: print(type(e).__name__, e)
class Level(IntEnum):
    LOW = auto()
    MID = auto()
    HIGH = 10
print(Level.LOW < Level.HIGH, Level.MID + 1, list(Level), sorted([Level.HIGH, Level.LOW]), Level.HIGH == 10, [10, 20, 30][Level.LOW], repr(Level.MID), str(Level.MID), f"{Level.MID:03}", max(Level))
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
p = Perm.R | Perm.X
print(p, repr(Perm.RW), Perm.R in p, Perm.W in p, p & Perm.R, ~p, bool(p & Perm.W), Perm(3), p.value, Perm.R ^ Perm.R, list(Perm.RW))
class IF(IntFlag):
    A = 1
    B = 2
print(IF.A | IF.B, IF.A + 1, IF(3) == 3, IF.A in IF(3))
class Op(Enum):
    ADD = "+"
    MUL = "*"
    def __call__(self, a, b): return a + b if self is Op.ADD else a * b
    @property
    def sym(self): return f"<{self.value}>"
print(Op.ADD(2, 3), Op("*")(2, 3), Op.MUL.sym)
class Planet(Enum):
    EARTH = (5.97e24, 6.37e6)
    MARS = (6.42e23, 3.39e6)
    def __init__(self, mass, radius): self.mass, self.radius = mass, radius
    @property
    def g(self): return 6.67e-11 * self.mass / self.radius ** 2
print([f"{p.name} {p.g:.2f}" for p in Planet], Planet.MARS.value)
try:
    @unique
    class Dup(Enum):
        A = 1
        B = 1
except ValueError as e: print(e)
Animal = Enum("Animal", "CAT DOG")
print(list(Animal), Animal.CAT.value)
match Color.GREEN:
    case Color.RED: print("red")
    case Color.GREEN: print("green")
class Auto(str, Enum):
    X = "x"
    Y = "y"
print(Auto.X == "x", Auto("y").upper(), Auto.X.value)
