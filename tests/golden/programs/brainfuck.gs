# A brainfuck interpreter with precomputed jumps, and a few programs for it.

def compile_bf(src):
    code, stack = [], []
    for c in src:
        if c in "+-<>":
            kind, n = ("add", 1 if c == "+" else -1) if c in "+-" else ("move", 1 if c == ">" else -1)
            if code and code[-1][0] == kind: code[-1][1] += n
            else: code.append([kind, n])
        elif c in ".,": code.append([c, None])
        elif c == "[":
            stack.append(len(code))
            code.append(["[", None])
        elif c == "]":
            if not stack: raise SyntaxError("unmatched ]")
            start = stack.pop()
            code[start][1] = len(code)
            code.append(["]", start])
    if stack: raise SyntaxError("unmatched [")
    return code
def run(src, data=b""):
    code, tape, p, pc, out, data = compile_bf(src), bytearray(300), 0, 0, bytearray(), iter(data)
    while pc < len(code):
        op, arg = code[pc]
        if op == "add": tape[p] = (tape[p] + arg) % 256
        elif op == "move": p += arg
        elif op == ".": out.append(tape[p])
        elif op == ",": tape[p] = next(data, 0)
        elif op == "[" and not tape[p]: pc = arg
        elif op == "]" and tape[p]: pc = arg
        pc += 1
    return bytes(out)
print(run("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++."))
print(run(",[.,]", b"cat"), run(",>,<[->+<]>.", bytes([60, 5])), run(">,[>,]<[.<]", b"reverse"))
print(run("++++++[>++++++++<-]>."), run("+++[>+++++[>++++<-]<-]>>."))
fib = "+++++++++++>+>>>>++++++++++++++++++++++++++++++++++++++++++++>++++++++++++++++++++++++++++++++<<<<<<[>[>>>>>>+>+<<<<<<<-]>>>>>>>[<<<<<<<+>>>>>>>-]<[>++++++++++[-<-[>>+>+<<<-]>>>[<<<+>>>-]+<[>[-]<[-]]>[<<[>>>+<<<-]>>[-]]<<]>>>[>>+>+<<<-]>>>[<<<+>>>-]+<[>[-]<[-]]>[<<+>>[-]]<<<<<<<]>>>>>[++++++++++++++++++++++++++++++++++++++++++++++++.[-]]++++++++++<[->-<]>++++++++++++++++++++++++++++++++++++++++++++++++.[-]<<<<<<<<<<<<[>>>+>+<<<<-]>>>>[<<<<+>>>>-]<-[>>.>.<<<[-]]<<[>>+>+<<<-]>>>[<<<+>>>-]<<[<+>-]>[<+>-]<<<-]"
print(run(fib).decode())
for bad in ("[", "]", "[[]", "+]"):
    try:
        run(bad)
    except SyntaxError as e:
        print(bad, e)
print(len(compile_bf("+++--<<>>[-]")))
