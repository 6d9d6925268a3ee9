# Call-backs of json and re that call json and re again or change the data.

import json, re
class O:
    def __init__(self, n): self.n = n
def default(o):
    return json.loads(json.dumps({"n": o.n, "again": O(o.n - 1) if o.n else None}, default=default))
print(json.dumps([O(2)], default=default))
data = [1, object(), 3]
def clear(o):
    data.clear()
    return "cleared"
try:
    print(json.dumps(data, default=clear), data)
except Exception as e:
    print(type(e).__name__, e)
d = {"a": O(1), "b": 2}
def grow(o):
    d["new%d" % len(d)] = 1
    return "grown"
try:
    print(json.dumps(d, default=grow))
except RuntimeError as e:
    print(type(e).__name__, e)
print(json.loads('{"a": {"b": {"c": 1}}}', object_hook=lambda o: json.dumps(o)))
print(json.loads("[1, 2]", parse_int=lambda s: json.loads(f"[{s}]")))
def boom(o): raise KeyError("hook")
for f in (lambda: json.loads("[{}]", object_hook=boom), lambda: json.dumps([{"k": O(1)}], default=boom)):
    try:
        f()
    except KeyError as e:
        print(e)
class D(dict):
    def items(self):
        return [("own", "items")]
class L(list):
    def __iter__(self): return iter(["own iter"])
print(json.dumps(D(a=1)), json.dumps(L([1, 2])))
def nested(m): return re.sub(r"\w", lambda k: k.group().upper(), m.group()) if len(m.group()) > 1 else "<" + m.group() + ">"
print(re.sub(r"\w+", nested, "ab c def"))
p = re.compile(r"\((\w+)\)")
def expand(m): return p.sub(expand, {"a": "1(b)", "b": "2(c)", "c": "3"}[m.group(1)])
print(p.sub(expand, "x(a)y(c)"))
it = re.finditer(r"\d", "1a2b3")
print([(m.group(), next(it, None) and "skipped") for m in it])
def fail(m):
    if m.group() == "2": raise ValueError("at 2")
    return "x"
try:
    re.sub(r"\d", fail, "123")
except ValueError as e:
    print(e)
def from_key(w): return re.split(r"\d", w)
print(sorted(["b1a", "a2b", "a1c"], key=from_key), [re.findall(x, "aabb") for x in re.findall(r"\w", "ab")])
