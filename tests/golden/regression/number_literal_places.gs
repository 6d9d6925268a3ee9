# Where the error of a bad number stands.

for text in ("1a", "x = 10abc + 1", "3.lower()", "1.5e5x", "0x1g", "0b12", "0o8", "1_", "1__0", "012", "1e", "1e+x", "0xfz", "5jx", "1_a", "0b1_", "0b", "0777x", "0_7", "1.e", "00a", "0x_", "1or2x", "é = 1a"):
    try:
        compile(text, "<text>", "exec")
        print(text, "ok")
    except SyntaxError as e:
        print(text, "|", e.msg, e.lineno, e.offset)
