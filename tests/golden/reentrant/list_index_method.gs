# __index__ of a subscript changes the list it is used on.

class I:
    def __init__(self, n, act): self.n, self.act = n, act
    def __index__(self):
        self.act()
        return self.n
def attempt(label, f, l):
    try:
        print(label, f(), l)
    except Exception as e:
        print(label, type(e).__name__, e, l)
l = [1, 2, 3]; attempt("get", lambda: l[I(2, l.clear)], l)
l = [1, 2, 3]; attempt("set", lambda: l.__setitem__(I(2, l.clear), 9), l)
l = [1, 2, 3]; attempt("del", lambda: l.__delitem__(I(0, lambda: l.append(4))), l)
l = [1, 2, 3]; attempt("slice", lambda: l[I(0, l.clear):2], l)
l = [1, 2, 3]; attempt("slice end", lambda: l[0:I(3, lambda: l.extend("abc"))], l)
l = [1, 2, 3]; attempt("slice set", lambda: l.__setitem__(slice(I(1, l.clear), None), "xy"), l)
l = [1, 2, 3]; attempt("slice del", lambda: l.__delitem__(slice(0, I(2, l.clear))), l)
l = [1, 2, 3]; attempt("insert", lambda: l.insert(I(2, l.clear), "new"), l)
l = [1, 2, 3]; attempt("pop", lambda: l.pop(I(2, l.clear)), l)
l = [1, 2, 3]; attempt("mul", lambda: l * I(2, l.clear), l)
l = [1, 2, 3]; attempt("imul", lambda: l.__imul__(I(2, l.pop)), l)
l = [1, 2, 3]; attempt("index start", lambda: l.index(1, I(0, l.clear)), l)
l = [1, 2, 3]; attempt("step", lambda: l[::I(2, lambda: l.append(4))], l)
def raiser(): raise KeyError("in __index__")
l = [1, 2, 3]; attempt("raise", lambda: l[I(0, raiser)], l)
b = bytearray(b"abc"); attempt("bytearray", lambda: b[I(2, b.clear)], b)
b = bytearray(b"abc"); attempt("bytearray set", lambda: b.__setitem__(I(2, b.clear), 1), b)
b = bytearray(b"abc"); attempt("bytearray value", lambda: b.__setitem__(0, I(65, b.clear)), b)
b = bytearray(b"abc"); attempt("bytearray append", lambda: b.append(I(66, b.clear)), b)
b = bytearray(b"abc"); attempt("bytearray insert", lambda: b.insert(I(1, b.clear), 67), b)
s = "abc"; attempt("str", lambda: s[I(1, lambda: None)], s)
