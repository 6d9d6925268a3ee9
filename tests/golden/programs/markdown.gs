# Markdown to HTML for headings, lists, emphasis, code, links, quotes and paragraphs.

import re
def escape(s): return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
def inline(s):
    codes = []
    def keep(m):
        codes.append(f"<code>{escape(m[1])}</code>")
        return f"\0{len(codes) - 1}\0"
    s = escape(re.sub(r"`([^`]+)`", keep, s))
    s = re.sub(r"!\[(.*?)\]\((.*?)\)", r'<img alt="\1" src="\2">', s)
    s = re.sub(r"\[(.*?)\]\((.*?)\)", r'<a href="\2">\1</a>', s)
    s = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", s)
    s = re.sub(r"(?<!\w)\*(.+?)\*(?!\w)", r"<i>\1</i>", s)
    return re.sub(r"\0(\d+)\0", lambda m: codes[int(m[1])], s)
def markdown(text):
    out, lines, i = [], text.strip("\n").split("\n"), 0
    while i < len(lines):
        line = lines[i]
        if not line.strip():
            i += 1
        elif m := re.match(r"(#{1,6}) +(.*?) *#*$", line):
            out.append(f"<h{len(m[1])}>{inline(m[2])}</h{len(m[1])}>")
            i += 1
        elif line.startswith("```"):
            j = next((k for k in range(i + 1, len(lines)) if lines[k].startswith("```")), len(lines))
            out.append("<pre>" + escape("\n".join(lines[i + 1:j])) + "</pre>")
            i = j + 1
        elif re.fullmatch(r"(-{3,}|\*{3,})", line.strip()):
            out.append("<hr>")
            i += 1
        elif m := re.match(r"([-*]|\d+\.) ", line):
            kind = "ul" if m[1] in "-*" else "ol"
            pattern = r"[-*] " if kind == "ul" else r"\d+\. "
            items = []
            while i < len(lines) and (m := re.match(pattern, lines[i])) or i < len(lines) and lines[i].startswith("  ") and items:
                if m: items.append([lines[i][m.end():]])
                else: items[-1].append(lines[i].strip())
                i += 1
                m = None
            out.append(f"<{kind}>" + "".join(f"<li>{inline(' '.join(it))}</li>" for it in items) + f"</{kind}>")
        elif line.startswith(">"):
            quoted = []
            while i < len(lines) and lines[i].startswith(">"):
                quoted.append(lines[i][1:].strip())
                i += 1
            out.append("<blockquote>" + markdown("\n".join(quoted)) + "</blockquote>")
        else:
            para = []
            while i < len(lines) and lines[i].strip() and not re.match(r"#|```|>|[-*] |\d+\. ", lines[i]):
                para.append(lines[i].strip())
                i += 1
            out.append("<p>" + inline(" ".join(para)) + "</p>")
    return "\n".join(out)
print(markdown("""
# Title with *stars* #
A paragraph with **bold**, *italic*, `code <b>` and
a [link](http://x.y/?a=1&b=2) in two lines. 5 * 3 * 2 < 40

- one
- two
  goes on
* three

1. first
2. second

> quoted **text**
>
> ## with a heading

```
def f(x):
    return x < 1
```
---
![pic](a.png) and 2*3*4
###### deep
"""))
