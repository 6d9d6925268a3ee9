# A tokenizer for a small language: positions, errors, strings with escapes.

KEYWORDS = {"let", "if", "else", "while", "fn", "return", "true", "false"}
SYMBOLS = ["==", "!=", "<=", ">=", "&&", "||", "->", "+", "-", "*", "/", "=", "<", ">", "(", ")", "{", "}", ",", ";"]

class LexError(Exception):
    def __init__(self, message, line, col):
        super().__init__(f"{line}:{col}: {message}")

class Token:
    __slots__ = ("kind", "text", "line", "col")
    def __init__(self, kind, text, line, col):
        self.kind, self.text, self.line, self.col = kind, text, line, col
    def __repr__(self):
        return f"{self.kind}({self.text!r})@{self.line}:{self.col}"

def tokenize(src):
    i, line, start = 0, 1, 0
    while i < len(src):
        c = src[i]
        col = i - start + 1
        if c == "\n":
            line, start, i = line + 1, i + 1, i + 1
        elif c.isspace():
            i += 1
        elif src.startswith("//", i):
            while i < len(src) and src[i] != "\n":
                i += 1
        elif c.isdigit():
            j = i
            while j < len(src) and (src[j].isdigit() or src[j] == "."):
                j += 1
            if src[i:j].count(".") > 1:
                raise LexError(f"bad number {src[i:j]}", line, col)
            yield Token("num", float(src[i:j]) if "." in src[i:j] else int(src[i:j]), line, col)
            i = j
        elif c.isalpha() or c == "_":
            j = i
            while j < len(src) and (src[j].isalnum() or src[j] == "_"):
                j += 1
            word = src[i:j]
            yield Token("kw" if word in KEYWORDS else "id", word, line, col)
            i = j
        elif c == '"':
            j, out = i + 1, []
            while True:
                if j >= len(src) or src[j] == "\n":
                    raise LexError("unterminated string", line, col)
                if src[j] == '"':
                    break
                if src[j] == "\\":
                    j += 1
                    out.append({"n": "\n", "t": "\t"}.get(src[j], src[j]))
                else:
                    out.append(src[j])
                j += 1
            yield Token("str", "".join(out), line, col)
            i = j + 1
        else:
            for s in SYMBOLS:
                if src.startswith(s, i):
                    yield Token("sym", s, line, col)
                    i += len(s)
                    break
            else:
                raise LexError(f"unexpected {c!r}", line, col)
    yield Token("end", "", line, i - start + 1)

source = '''let x = 10; // a comment
fn add(a, b) -> int {
    return a + b * 2.5;
}
if x >= 10 && x != 11 { print("hi\\n\\"there\\""); }
'''
for t in tokenize(source):
    print(t)
for bad in ("let $ = 1", 'x = "abc', "1.2.3", "ok\n  @"):
    try:
        print(list(tokenize(bad)))
    except LexError as e:
        print("error", e)
