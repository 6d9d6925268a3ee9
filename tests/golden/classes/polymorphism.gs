# Everyday inheritance: shapes, visitors, mixins, delegation, double dispatch, state and observer patterns.

class Shape:
    def area(self): raise NotImplementedError
    def __lt__(self, o): return self.area() < o.area()
    def __str__(self): return f"{type(self).__name__.lower()} of {self.area():.2f}"
class Circle(Shape):
    def __init__(self, r): self.r = r
    def area(self): return 3.141592653589793 * self.r ** 2
class Rect(Shape):
    def __init__(self, w, h): self.w, self.h = w, h
    def area(self): return self.w * self.h
class Square(Rect):
    def __init__(self, s): super().__init__(s, s)
shapes = [Circle(1), Rect(2, 3), Square(1.5)]
print(*sorted(shapes), sep="; ")
print(max(shapes), sum(s.area() for s in shapes if isinstance(s, Rect)))
# --- visitor by name
class Num:
    def __init__(self, v): self.v = v
class Bin:
    def __init__(self, op, l, r): self.op, self.l, self.r = op, l, r
class Visitor:
    def visit(self, n): return getattr(self, "visit_" + type(n).__name__, self.generic)(n)
    def generic(self, n): raise TypeError(f"no visit_{type(n).__name__}")
class Eval(Visitor):
    ops = {"+": lambda a, b: a + b, "*": lambda a, b: a * b, "-": lambda a, b: a - b}
    def visit_Num(self, n): return n.v
    def visit_Bin(self, n): return self.ops[n.op](self.visit(n.l), self.visit(n.r))
class Show(Visitor):
    def visit_Num(self, n): return str(n.v)
    def visit_Bin(self, n): return f"({self.visit(n.l)} {n.op} {self.visit(n.r)})"
e = Bin("+", Num(1), Bin("*", Num(2), Bin("-", Num(7), Num(3))))
print(Show().visit(e), "=", Eval().visit(e))
try:
    Show().visit("x")
except TypeError as ex:
    print(ex)
# --- mixins
class JsonMixin:
    def to_json(self): return "{" + ", ".join(f'"{k}": {v!r}' for k, v in sorted(vars(self).items())) + "}"
class EqMixin:
    def __eq__(self, o): return type(o) is type(self) and vars(o) == vars(self)
class User(JsonMixin, EqMixin):
    def __init__(self, name, age): self.name, self.age = name, age
print(User("a", 1).to_json(), User("a", 1) == User("a", 1), User("a", 1) == User("b", 1))
# --- observer
class Subject:
    def __init__(self): self._obs = []
    def attach(self, f): self._obs.append(f); return f
    def notify(self, *a):
        for f in list(self._obs): f(*a)
s = Subject()
got = []
s.attach(got.append)
@s.attach
def once(x):
    got.append(("once", x))
    s._obs.remove(once)
s.notify(1); s.notify(2)
print(got)
# --- state machine with classes
class State:
    def next(self, ev): return self
class Idle(State):
    def next(self, ev): return Running() if ev == "start" else self
class Running(State):
    def next(self, ev): return {"stop": Idle(), "pause": Paused()}.get(ev, self)
class Paused(State):
    def next(self, ev): return Running() if ev == "resume" else Idle() if ev == "stop" else self
st = Idle()
trace = []
for ev in "pause start start pause stop start pause resume stop".split():
    st = st.next(ev)
    trace.append(type(st).__name__)
print(trace)
# --- changing behaviour at run time
class Duck:
    def __init__(self, fly): self.fly = fly
d = Duck(lambda: "flap")
print(d.fly())
d.fly = lambda: "rocket"
print(d.fly())
Shape.describe = lambda self: "I am " + str(self)
print(Square(2).describe())
Circle.area = lambda self: 3 * self.r ** 2
print(shapes[0])
def method_missing(self, *a): return ("patched", a)
User.patched = method_missing
print(User("z", 0).patched(1, 2), User("q", 1).patched.__name__)
