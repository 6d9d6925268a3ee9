# A small Lisp: reader, evaluator with closures, macros by quoting, tail calls in a loop, errors.

class Symbol(str): pass
class LispError(Exception): pass
def read(src):
    tokens = src.replace("(", " ( ").replace(")", " ) ").replace("'", " ' ").split()
    def form():
        if not tokens: raise LispError("unexpected end")
        t = tokens.pop(0)
        if t == "(":
            out = []
            while tokens and tokens[0] != ")": out.append(form())
            if not tokens: raise LispError("missing )")
            tokens.pop(0)
            return out
        if t == ")": raise LispError("unexpected )")
        if t == "'": return [Symbol("quote"), form()]
        for kind in (int, float):
            try: return kind(t)
            except ValueError: pass
        return {"#t": True, "#f": False}.get(t, Symbol(t))
    forms = []
    while tokens: forms.append(form())
    return forms
class Env(dict):
    def __init__(self, names=(), values=(), outer=None):
        super().__init__(zip(names, values))
        self.outer = outer
    def find(self, name):
        env = self
        while env is not None:
            if name in env: return env
            env = env.outer
        raise LispError(f"unbound {name}")
class Lambda:
    def __init__(self, params, body, env): self.params, self.body, self.env = params, body, env
    def bind(self, args):
        if len(args) != len(self.params): raise LispError(f"expected {len(self.params)} arguments, got {len(args)}")
        return Env(self.params, args, self.env)
def fold(f):
    def run(*a):
        r = a[0]
        for x in a[1:]: r = f(r, x)
        return r
    return run
BASE = Env(*zip(*{"+": lambda *a: sum(a), "*": fold(lambda a, b: a * b), "-": lambda a, *b: -a if not b else a - sum(b), "/": fold(lambda a, b: a / b), "<": lambda a, b: a < b, "=": lambda a, b: a == b, ">": lambda a, b: a > b, "car": lambda l: l[0], "cdr": lambda l: l[1:], "cons": lambda a, l: [a] + l, "list": lambda *a: list(a), "null?": lambda l: l == [], "length": len, "not": lambda x: not x, "append": lambda a, b: a + b, "map": lambda f, l: [apply(f, [x]) for x in l], "mod": lambda a, b: a % b}.items()))
def apply(f, args):
    if isinstance(f, Lambda): return evaluate(f.body, f.bind(args))
    if callable(f): return f(*args)
    raise LispError(f"not a function: {show(f)}")
def evaluate(x, env):
    while True:
        if isinstance(x, Symbol): return env.find(x)[x]
        if not isinstance(x, list): return x
        match x:
            case []: return []
            case ["quote", v]: return v
            case ["if", c, a, *b]:
                x = a if evaluate(c, env) is not False else b[0] if b else False
            case ["define", [name, *params], *body]:
                env[name] = Lambda(params, [Symbol("begin"), *body], env)
                return name
            case ["define", name, v]:
                env[name] = evaluate(v, env)
                return name
            case ["set!", name, v]:
                env.find(name)[name] = evaluate(v, env)
                return None
            case ["lambda", params, *body]: return Lambda(params, [Symbol("begin"), *body], env)
            case ["begin", *forms]:
                for f in forms[:-1]: evaluate(f, env)
                x = forms[-1]
            case ["let", bindings, *body]:
                env = Env([n for n, _ in bindings], [evaluate(v, env) for _, v in bindings], env)
                x = [Symbol("begin"), *body]
            case ["and", *forms]:
                r = True
                for f in forms:
                    r = evaluate(f, env)
                    if r is False: break
                return r
            case [f, *args]:
                f, args = evaluate(f, env), [evaluate(a, env) for a in args]
                if isinstance(f, Lambda): x, env = f.body, f.bind(args)
                else: return apply(f, args)
def show(v):
    if isinstance(v, list): return "(" + " ".join(map(show, v)) + ")"
    return {True: "#t", False: "#f"}[v] if isinstance(v, bool) else "lambda" if isinstance(v, Lambda) else str(v)
env = Env(outer=BASE)
program = """
(define (fact n) (if (< n 2) 1 (* n (fact (- n 1)))))
(fact 20)
(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))
(loop 3000 0)
(define (compose f g) (lambda (x) (f (g x))))
((compose fact (lambda (x) (+ x 1))) 4)
(map (lambda (x) (* x x)) '(1 2 3 4))
(define (filter p l) (if (null? l) '() (if (p (car l)) (cons (car l) (filter p (cdr l))) (filter p (cdr l)))))
(filter (lambda (x) (= 0 (mod x 3))) (list 1 3 5 6 9))
(define counter (let ((n 0)) (lambda () (begin (set! n (+ n 1)) n))))
(counter) (counter)
(let ((x 2) (y 3)) (list x y (+ x y) '(nested (quote deep))))
(define (sort l) (if (null? l) '() (append (sort (filter (lambda (x) (< x (car l))) (cdr l))) (cons (car l) (sort (filter (lambda (x) (not (< x (car l)))) (cdr l)))))))
(sort '(5 2 8 1 9 3))
(and 1 2 #f 3) (if '() 1 2) (- 5) (/ 1 4) 2.5
"""
for f in read(program): print(show(evaluate(f, env)))
for bad in ("(", ")", "(nope)", "(fact)", "(1 2)", "(car '())", "(+ 1 'a)", "(set! zz 1)"):
    try:
        for f in read(bad): print(show(evaluate(f, env)))
    except (LispError, IndexError, TypeError) as e:
        print(bad, "->", type(e).__name__, e)
