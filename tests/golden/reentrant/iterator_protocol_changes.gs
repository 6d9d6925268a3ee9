# __iter__ and __next__ replaced while iterating; iterators that hand out themselves.

class It:
    n = 0
    def __iter__(self): return self
    def __next__(self):
        It.n += 1
        if It.n == 2:
            It.__next__ = lambda self: "replaced" if It.n < 2 else self.stop()
        if It.n > 5: raise StopIteration
        return It.n
    def stop(self): raise StopIteration
print(list(It()))
class Seq:
    items = [1, 2, 3]
    def __getitem__(self, i):
        if i == 1: Seq.items = [10, 20, 30, 40]
        return Seq.items[i]
print(list(Seq()))
class Multi:
    def __init__(self): self.log = []
    def __iter__(self):
        self.log.append("iter")
        return iter([self.log])
m = Multi()
a, = m
[*m], max(m), list(m)
print(m.log)
class Selfish:
    left = 3
    def __iter__(self): return self
    def __next__(self):
        Selfish.left -= 1
        if Selfish.left < 0: raise StopIteration
        return self
print(len(list(Selfish())))
def unpack():
    class U:
        def __iter__(self):
            global seen
            seen = "iter ran"
            yield 1
            seen = "asked for the second"
            yield 2
            seen = "asked for the third"
    a, b = U()
    return a, b, seen
print(unpack())
class Len:
    def __len__(self):
        l.append("len")
        return 1
    def __getitem__(self, i):
        if i > 2: raise IndexError
        l.append(i)
        return i
l = []
print(list(Len()), l)
l.clear()
print(list(reversed(Len())), l)
x = iter([1, 2, 3])
for v in x:
    for w in x:
        print(v, w, end=" ")
print()
