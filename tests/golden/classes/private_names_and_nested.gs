# Name mangling, nested classes, classes inside functions, recursive references, class-level counters.

class Account:
    __count = 0
    interest = 0.05
    class Error(Exception):
        pass
    class Entry:
        def __init__(self, kind, n): self.kind, self.n = kind, n
        def __repr__(self): return f"{self.kind}:{self.n}"
    def __init__(self, start=0):
        self.__balance = start
        self.log = []
        Account.__count += 1
    def deposit(self, n):
        if n <= 0: raise Account.Error(f"bad amount {n}")
        self.__balance += n
        self.log.append(self.Entry("in", n))
        return self
    def withdraw(self, n):
        if n > self.__balance: raise self.Error(f"balance is {self.__balance}")
        self.__balance -= n
        self.log.append(Account.Entry("out", n))
        return self
    @property
    def balance(self): return self.__balance
    @classmethod
    def count(cls): return cls.__count
    def __secret(self): return "secret"
    def reveal(self): return self.__secret()
a = Account(10).deposit(5).withdraw(12)
print(a.balance, a.log, Account.count(), a.reveal(), a._Account__secret(), a._Account__balance)
for f in (lambda: a.deposit(-1), lambda: a.withdraw(100), lambda: a.__balance, lambda: Account.__count):
    try:
        f()
    except (Account.Error, AttributeError) as e:
        print(type(e).__qualname__, e)
class Saver(Account):
    def __init__(self): super().__init__(100); self.__balance = "own"
    def both(self): return self.__balance, self.balance
print(Saver().both(), Account.count(), sorted(vars(Saver())))
def make_class(n):
    class Local:
        size = n
        def get(self): return n * self.size
        @classmethod
        def bigger(cls): return make_class(cls.size + 1)
    return Local
L = make_class(2)
print(L().get(), L.bigger()().get(), L is make_class(2), L.__qualname__, L.get.__qualname__)
class Tree:
    def __init__(self, v, left=None, right=None): self.v, self.left, self.right = v, left, right
    def insert(self, v):
        side = "left" if v < self.v else "right"
        child = getattr(self, side)
        if child is None: setattr(self, side, Tree(v))
        else: child.insert(v)
        return self
    def __iter__(self):
        if self.left: yield from self.left
        yield self.v
        if self.right: yield from self.right
    def depth(self): return 1 + max((c.depth() for c in (self.left, self.right) if c), default=0)
t = Tree(5)
for v in (3, 8, 1, 4, 9, 2): t.insert(v)
print(list(t), t.depth())
class Node:
    all = []
    def __init__(self, name, *deps): self.name, self.deps = name, deps; Node.all.append(self)
    def order(self, seen=None):
        seen = [] if seen is None else seen
        for d in self.deps: d.order(seen)
        if self.name not in seen: seen.append(self.name)
        return seen
c = Node("c"); b = Node("b", c); d = Node("d", b, c); top = Node("a", d, b)
print(top.order(), len(Node.all))
class Outer:
    x = 1
    class Inner:
        y = 2
        class Deep:
            z = 3
            def path(self): return f"{Outer.x}{Outer.Inner.y}{self.z}"
print(Outer.Inner.Deep().path(), Outer.Inner.Deep.__qualname__, [n for n in vars(Outer) if n[0] != "_"])
