# Reading and writing of INI files and CSV with quotes, by hand.

class IniError(ValueError): pass
def parse_ini(text):
    out, section, key = {}, None, None
    for n, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line[0] in "#;": continue
        if raw[0].isspace() and key is not None:
            out[section][key] += "\n" + line
        elif line.startswith("["):
            if not line.endswith("]"): raise IniError(f"line {n}: unclosed section")
            section, key = line[1:-1].strip(), None
            if section in out: raise IniError(f"line {n}: section {section!r} twice")
            out[section] = {}
        else:
            key, sep, value = line.partition("=")
            if not sep: raise IniError(f"line {n}: no '='")
            if section is None: raise IniError(f"line {n}: no section yet")
            key = key.strip().lower()
            out[section][key] = value.strip()
    return out
def convert(s):
    low = s.lower()
    if low in ("yes", "true", "on"): return True
    if low in ("no", "false", "off"): return False
    for f in (int, float):
        try: return f(s)
        except ValueError: pass
    return s.split(",") if "," in s else s
conf = parse_ini("""
# comment
[server]
Host = example.org
port=8080
debug = Yes
ratio = 0.75
tags = a,b,c
[paths]
; another
home = /srv/x=y
note = first
  second
  third
[empty]
""")
for s, d in conf.items(): print(s, {k: convert(v) for k, v in d.items()})
for bad in ("[a", "x", "k = v", "[a]\n[a]"):
    try: parse_ini(bad)
    except IniError as e: print(e)
def read_csv(text, sep=","):
    rows, row, field, quoted, i = [], [], [], False, 0
    while i < len(text):
        c = text[i]
        if quoted:
            if c == '"' and text[i + 1:i + 2] == '"': field.append('"'); i += 1
            elif c == '"': quoted = False
            else: field.append(c)
        elif c == '"' and not field: quoted = True
        elif c == sep: row.append("".join(field)); field = []
        elif c == "\n":
            row.append("".join(field))
            rows.append(row)
            row, field = [], []
        elif c != "\r": field.append(c)
        i += 1
    if quoted: raise ValueError("unterminated quote")
    if field or row: rows.append(row + ["".join(field)])
    return rows
def write_csv(rows, sep=","):
    def quote(v):
        s = "" if v is None else str(v)
        return '"' + s.replace('"', '""') + '"' if any(c in s for c in (sep, '"', "\n")) else s
    return "".join(sep.join(map(quote, r)) + "\n" for r in rows)
text = 'name,price,note\r\n"Widget, large",9.50,"says ""hi"""\nGadget,1e2,"two\nlines"\nÜmlaut,,\n'
rows = read_csv(text)
print(rows, read_csv(write_csv(rows)) == rows, read_csv("a;b;\"c;d\"", ";"), read_csv(""), read_csv("\n"), write_csv([[1, None, 2.5, True, 'q"']]))
try: read_csv('a,"b')
except ValueError as e: print(e)
header, *body = rows
table = [dict(zip(header, r)) for r in body]
print(sum(float(r["price"] or 0) for r in table), max(table, key=lambda r: len(r["note"]))["name"], [r["name"] for r in table if r["price"]])
