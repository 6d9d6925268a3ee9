# Identifiers outside ASCII, NFKC normalisation, keywords as parts, private name mangling.

größe = 3
π = 3.14159
变量 = "variable"
été = [1]
print(größe, round(π, 2), 变量, été)
ﬁ = "ligature"
print(fi, "fi" in globals())
𝐱 = "bold x"
print(x)
class Ünï:
    µ = 5
    def größer(self, ä=1): return ä + self.μ
print(Ünï().größer(ä=2), Ünï.__name__, Ünï().größer.__name__)
_ = 1
__ = 2
_a1 = 3
print(_ + __ + _a1)
class M:
    __private = "mangled"
    __dunder__ = "not mangled"
    _single = "not either"
    def __init__(self):
        self.__x = 1
        self.__y__ = 2
    def get(self, __z=5): return self.__x, M.__private, __z
    def __hidden(self): return "hidden"
    def call(self): return self.__hidden()
class _N:
    __v = 1
class __: 
    __v = 2
m = M()
print(m.get(), m.call(), sorted(k for k in vars(m)), sorted(k for k in vars(M) if "private" in k or "hidden" in k))
print(m._M__x, _N._N__v, [k for k in vars(__) if k.endswith("__v")])
try:
    m.__x
except AttributeError as e:
    print(e)
class Sub(M):
    def __init__(self):
        super().__init__()
        self.__x = "sub's own"
    def both(self): return self.__x, self._M__x
print(Sub().both())
is_ = in_ = class_ = "fine"
print(is_, class_)
def f(**kw): return kw
print(f(größe=1, 变=2))
print(eval("größe + 1"), "größe".isidentifier(), "1a".isidentifier(), "a-b".isidentifier(), "def".isidentifier())
