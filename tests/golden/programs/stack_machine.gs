# A compiler from a tiny language to byte code and a machine that runs it.

import re
class Compiler:
    def __init__(self, src):
        self.toks = re.findall(r"\d+|\w+|[-+*/%<>!=]=?|[(){};,]", src)
        self.pos, self.code, self.labels = 0, [], 0
    def peek(self): return self.toks[self.pos] if self.pos < len(self.toks) else ""
    def take(self, want=None):
        t = self.peek()
        if want and t != want: raise SyntaxError(f"expected {want}, found {t or 'end'}")
        self.pos += 1
        return t
    def emit(self, op, arg=None): self.code.append([op, arg]); return len(self.code) - 1
    def program(self):
        while self.peek(): self.statement()
        self.emit("halt")
        return self.code
    def block(self):
        self.take("{")
        while self.peek() != "}": self.statement()
        self.take("}")
    def statement(self):
        match self.peek():
            case "while":
                self.take()
                start = len(self.code)
                self.expr()
                out = self.emit("jz")
                self.block()
                self.emit("jmp", start)
                self.code[out][1] = len(self.code)
            case "if":
                self.take()
                self.expr()
                out = self.emit("jz")
                self.block()
                if self.peek() == "else":
                    self.take()
                    end = self.emit("jmp")
                    self.code[out][1] = len(self.code)
                    self.block()
                    self.code[end][1] = len(self.code)
                else:
                    self.code[out][1] = len(self.code)
            case "print":
                self.take()
                self.expr()
                self.emit("print")
                self.take(";")
            case name:
                if not name.isidentifier(): raise SyntaxError(f"unexpected {name}")
                self.take()
                self.take("=")
                self.expr()
                self.emit("store", name)
                self.take(";")
    LEVELS = [("==", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%")]
    def expr(self, level=0):
        if level == len(self.LEVELS): return self.atom()
        self.expr(level + 1)
        while self.peek() in self.LEVELS[level]:
            op = self.take()
            self.expr(level + 1)
            self.emit("op", op)
    def atom(self):
        t = self.take()
        if t == "(":
            self.expr()
            self.take(")")
        elif t == "-":
            self.atom()
            self.emit("neg")
        elif t.isdigit(): self.emit("push", int(t))
        elif t.isidentifier(): self.emit("load", t)
        else: raise SyntaxError(f"unexpected {t or 'end'}")
OPS = {"+": int.__add__, "-": int.__sub__, "*": int.__mul__, "/": int.__floordiv__, "%": int.__mod__, "==": lambda a, b: int(a == b), "!=": lambda a, b: int(a != b), "<": lambda a, b: int(a < b), ">": lambda a, b: int(a > b), "<=": lambda a, b: int(a <= b), ">=": lambda a, b: int(a >= b)}
def run(code, limit=100000):
    stack, mem, out, pc, steps = [], {}, [], 0, 0
    while True:
        steps += 1
        if steps > limit: raise RuntimeError("too many steps")
        op, arg = code[pc]
        pc += 1
        match op:
            case "push": stack.append(arg)
            case "load":
                if arg not in mem: raise NameError(f"{arg} has no value")
                stack.append(mem[arg])
            case "store": mem[arg] = stack.pop()
            case "op":
                b, a = stack.pop(), stack.pop()
                stack.append(OPS[arg](a, b))
            case "neg": stack.append(-stack.pop())
            case "jmp": pc = arg
            case "jz":
                if not stack.pop(): pc = arg
            case "print": out.append(stack.pop())
            case "halt": return out, mem, steps
def go(src):
    try:
        out, mem, steps = run(Compiler(src).program())
        print(out, dict(sorted(mem.items())), steps)
    except (SyntaxError, NameError, ZeroDivisionError, RuntimeError) as e:
        print(type(e).__name__, e)
go("x = 2 + 3 * 4; print x; print (2 + 3) * -4; print 7 / 2 - 7 % 2;")
go("a = 0; b = 1; n = 0; while n < 15 { t = a + b; a = b; b = t; n = n + 1; } print a;")
go("n = 2; while n < 30 { d = 2; p = 1; while d * d <= n { if n % d == 0 { p = 0; } d = d + 1; } if p == 1 { print n; } n = n + 1; }")
go("a = 1071; b = 462; while b != 0 { t = a % b; a = b; b = t; } print a; if a == 21 { print 1; } else { print 0; }")
go("n = 27; s = 0; while n != 1 { if n % 2 == 0 { n = n / 2; } else { n = 3 * n + 1; } s = s + 1; } print s;")
for bad in ("print y;", "x = ;", "x = 1 / 0;", "while 1 { x = 1; }", "if 1 { print 2;", "5 = 3;", "x = (1 + 2; "): go(bad)
for i, (op, arg) in enumerate(Compiler("x = 1; if x { print x; }").program()): print(i, op, arg)
