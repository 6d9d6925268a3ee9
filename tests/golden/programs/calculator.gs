# A recursive descent calculator with variables and functions, and an evaluator by shunting yard; both must agree.

import math

class Parser:
    def __init__(self, text):
        self.toks = self.lex(text)
        self.pos = 0
    @staticmethod
    def lex(text):
        toks, i = [], 0
        while i < len(text):
            c = text[i]
            if c.isspace():
                i += 1
            elif c.isdigit() or c == ".":
                j = i
                while j < len(text) and (text[j].isdigit() or text[j] == "."):
                    j += 1
                toks.append(float(text[i:j]))
                i = j
            elif c.isalpha():
                j = i
                while j < len(text) and text[j].isalnum():
                    j += 1
                toks.append(text[i:j])
                i = j
            elif c in "+-*/^(),=%":
                toks.append(c)
                i += 1
            else:
                raise SyntaxError(f"bad character {c!r} at {i}")
        return toks
    def peek(self):
        return self.toks[self.pos] if self.pos < len(self.toks) else None
    def take(self, want=None):
        t = self.peek()
        if want is not None and t != want:
            raise SyntaxError(f"expected {want!r}, found {t!r}")
        self.pos += 1
        return t

FUNCS = {"sqrt": math.sqrt, "max": max, "min": min, "abs": abs}
def evaluate(text, env):
    p = Parser(text)
    def expr():
        v = term()
        while p.peek() in ("+", "-"):
            v = v + term() if p.take() == "+" else v - term()
        return v
    def term():
        v = unary()
        while p.peek() in ("*", "/", "%"):
            op = p.take()
            r = unary()
            v = v * r if op == "*" else v / r if op == "/" else v % r
        return v
    def unary():
        if p.peek() == "-":
            p.take()
            return -unary()
        return power()
    def power():
        v = atom()
        if p.peek() == "^":
            p.take()
            return v ** unary()
        return v
    def atom():
        t = p.take()
        if isinstance(t, float):
            return t
        if t == "(":
            v = expr()
            p.take(")")
            return v
        if isinstance(t, str) and t.isalpha():
            if p.peek() == "(":
                p.take()
                args = [expr()]
                while p.peek() == ",":
                    p.take()
                    args.append(expr())
                p.take(")")
                if t not in FUNCS:
                    raise NameError(f"no function {t}")
                return FUNCS[t](*args)
            if t not in env:
                raise NameError(f"no variable {t}")
            return env[t]
        raise SyntaxError(f"unexpected {t!r}")
    if len(p.toks) > 2 and p.toks[1] == "=":
        name = p.take()
        p.take("=")
        env[name] = v = expr()
    else:
        v = expr()
    if p.peek() is not None:
        raise SyntaxError(f"left over {p.peek()!r}")
    return v

env = {"pi": 3.0}
for line in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "x = 10 / 4", "x * pi", "sqrt(16) + max(1, x, 2)", "7 % 4 - -1", "1 / 0", "1 +", "2 (3)", "foo(1)", "y", "(1", "3 $ 4", "", "min(3, abs(-2))", "1.5.2"):
    try:
        print(f"{line!r:28} {evaluate(line, env):g}")
    except (SyntaxError, NameError, ZeroDivisionError, ValueError) as e:
        print(f"{line!r:28} {type(e).__name__}: {e}")

def rpn(text):
    out, ops = [], []
    prec = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}
    def apply():
        op = ops.pop()
        b, a = out.pop(), out.pop()
        out.append({"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b, "%": lambda: a % b}[op]())
    for t in Parser.lex(text):
        if isinstance(t, float): out.append(t)
        elif t == "(": ops.append(t)
        elif t == ")":
            while ops[-1] != "(": apply()
            ops.pop()
        else:
            while ops and ops[-1] != "(" and prec[ops[-1]] >= prec[t]: apply()
            ops.append(t)
    while ops: apply()
    return out[0]
for text in ("1+2*3-4/2", "(1+2)*(3-4)", "10%4*2+((3))", "2*(3+(4-1))/3"):
    print(text, rpn(text), rpn(text) == evaluate(text, {}))
