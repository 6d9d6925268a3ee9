# A template engine: variables with filters, loops, conditions, escapes, errors with line numbers.

import re
class TemplateError(Exception): pass
FILTERS = {"upper": str.upper, "title": str.title, "len": len, "join": lambda v, sep=", ": sep.join(map(str, v)), "default": lambda v, d="": v or d, "fixed": lambda v, n="2": f"{v:.{int(n)}f}", "escape": lambda v: str(v).replace("&", "&amp;").replace("<", "&lt;")}
class Template:
    def __init__(self, text):
        self.parts = []
        line = 1
        for piece in re.split(r"(\{\{.*?\}\}|\{%.*?%\})", text):
            kind = "var" if piece.startswith("{{") else "tag" if piece.startswith("{%") else "text"
            if piece: self.parts.append((kind, piece[2:-2].strip() if kind != "text" else piece, line))
            line += piece.count("\n")
        self.tree, rest = self.parse(0, None)
    def parse(self, i, until):
        nodes = []
        while i < len(self.parts):
            kind, s, line = self.parts[i]
            i += 1
            if kind != "tag":
                nodes.append((kind, s, line))
                continue
            match s.split():
                case ["for", name, "in", expr]:
                    body, i = self.parse(i, ("endfor",))
                    nodes.append(("for", name, expr, body, line))
                    i += 1
                case ["if", *cond]:
                    body, i = self.parse(i, ("else", "endif"))
                    other = []
                    if self.parts[i][1] == "else": other, i = self.parse(i + 1, ("endif",))
                    nodes.append(("if", cond, body, other, line))
                    i += 1
                case [word] if until and word in until: return nodes, i - 1
                case _: raise TemplateError(f"line {line}: unknown tag {s!r}")
        if until: raise TemplateError(f"missing {until[-1]}")
        return nodes, i
    def value(self, expr, ctx, line):
        head, *filters = expr.split("|")
        head = head.strip()
        if head[:1] in "'\"": v = head[1:-1]
        elif head.lstrip("-").isdigit(): v = int(head)
        else:
            v = ctx
            for name in head.split("."):
                try:
                    v = v[int(name)] if name.isdigit() else v[name] if isinstance(v, dict) else getattr(v, name)
                except (KeyError, IndexError, AttributeError):
                    if filters and filters[0].strip().startswith("default"): v = None; break
                    raise TemplateError(f"line {line}: no value for {head!r}") from None
        for f in filters:
            name, *args = f.strip().split(":")
            if name not in FILTERS: raise TemplateError(f"line {line}: no filter {name!r}")
            v = FILTERS[name](v, *args)
        return v
    def render(self, **ctx): return "".join(self.run(self.tree, ctx))
    def run(self, nodes, ctx):
        for node in nodes:
            match node:
                case ("text", s, _): yield s
                case ("var", s, line): yield str(self.value(s, ctx, line))
                case ("for", name, expr, body, line):
                    items = list(self.value(expr, ctx, line))
                    for n, item in enumerate(items):
                        yield from self.run(body, {**ctx, name: item, "loop": {"index": n + 1, "last": n == len(items) - 1}})
                case ("if", cond, body, other, line):
                    neg = cond[0] == "not"
                    v = bool(self.value(cond[-1], ctx, line)) != neg
                    yield from self.run(body if v else other, ctx)
class User:
    def __init__(self, name, tags): self.name, self.tags = name, tags
t = Template("""Dear {{ user.name|upper }},
{% for i in items %}{{ loop.index }}. {{ i.name|title }}: {{ i.price|fixed:1 }}{% if not loop.last %};
{% endif %}{% endfor %}
{% if user.tags %}Tags: {{ user.tags|join }}{% else %}No tags{% endif %} {{ missing|default:none }} {{ "<b>&"|escape }} {{ items.0.name }} {{ items|len }}""")
items = [{"name": "apple pie", "price": 3}, {"name": "tea", "price": 1.25}]
print(t.render(user=User("ann", ["x", "y"]), items=items))
print(t.render(user=User("bob", []), items=items[:1]))
for bad, ctx in (("{{ x }}", {}), ("a\n\n{{ y.z }}", {"y": 1}), ("{% for x in y %}", {}), ("{% dance %}", {}), ("{{ 1|nope }}", {}), ("{% if x %}a{% endfor %}", {"x": 1}), ("{{ l.5 }}", {"l": [1]})):
    try:
        print(Template(bad).render(**ctx))
    except TemplateError as e:
        print(repr(bad), "->", e)
print(Template("{% for r in rows %}{% for c in r %}[{{ c }}]{% endfor %}|{% endfor %}").render(rows=[[1, 2], [3]]))
