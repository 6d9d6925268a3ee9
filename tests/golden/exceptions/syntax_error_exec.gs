# SyntaxError objects from compile: type and that they can be caught. The wording is the front end's own.

for src in ("1 +", "def f(:", "if x\n  y", "x = = 1", "for", "(1, 2", "'abc", "return 1", "break", "  x", "a b", "1 = 2", "f() = 1", "def f(a, a): pass", "class", "x: 1: 2", "lambda x=: 1", "print(1", "[1, 2", "{1: }", "import", "from x", "else: pass", "try: pass", "nonlocal x", "def f():\n global x\n nonlocal x", "x = 5 5", "@", "del f()", "*a = 1, 2 = 3", "f(**a, *b)", "f(a=1, 2)", "continue", "yield 1\nreturn", "async def f(): yield from x", "def f(*): pass", "def f(a=1, b): pass", "\"\"\"abc", "0777", "1__0", "0xg", "b'é'", "f'{'", "f'{}'", "x = $", "if 1:\npass", "if 1:\n    a\n  b"):
    try:
        compile(src, "<test>", "exec")
        print("compiled", repr(src))
    except SyntaxError as e:
        print(type(e).__name__ if type(e) is not SyntaxError else "SyntaxError", repr(src), e.filename)
for src in ("x = 1", "1 2", ""):
    try:
        eval(src)
    except SyntaxError:
        print("eval refuses", repr(src))
print(issubclass(IndentationError, SyntaxError), issubclass(TabError, IndentationError))
