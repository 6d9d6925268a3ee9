# dict: all methods, order, views, merging, edge cases and messages.

d = {"a": 1, "b": 2}
d["c"] = 3
d["a"] = 10
print(d, len(d), d["a"], d.get("z"), d.get("z", 0), "a" in d, "z" not in d, list(d), d.keys(), d.values(), d.items())
print(d.pop("b"), d.pop("zz", None), d.setdefault("a", 5), d.setdefault("n"), d.setdefault("l", []).append(1), d, d.popitem(), d)
print(d.update({"x": 1}), d.update([("y", 2)]), d.update(z=3), d.update(), d.update({"x": 9}, w=4), d)
print(dict(), dict(a=1), dict({"a": 1}), dict([("a", 1), ["b", 2]]), dict({"a": 1}, a=2, b=3), dict(zip("ab", (1, 2))), dict(["ab", "cd"]), {**d, "x": 0}["x"], dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), dict(d) == d, d.copy() is d)
print({"a": 1} | {"a": 2, "b": 3}, {"a": 1} == {"a": 1.0}, {"a": 1, "b": 2} == {"b": 2, "a": 1}, {"a": 1} != {"b": 1}, {} == [], {1: "i"} == {True: "i"})
e = {"k": 1}
f = e
e |= {"l": 2}
e |= [("m", 3)]
print(f, e is f, list(reversed(e)), list(reversed(e.items())), list(reversed(e.values())))
print({1: "a", True: "b", 1.0: "c"}, {0: 1, False: 2, 0.0: 3}, {(1, 2): 3}[1, 2], {None: 1}[None], {"": 0}[""], {float("inf"): 1}[float("inf")])
del d["a"]
d["a"] = "again last"
print(list(d))
d.clear()
print(d, bool(d))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: {}["k"])
attempt(lambda: {}[1])
attempt(lambda: {}[(1, 2)])
attempt(lambda: {}[()])
attempt(lambda: {}.pop("k"))
attempt(lambda: {}.popitem())
attempt(lambda: {}.get())
attempt(lambda: {}[[]])
attempt(lambda: {}.get([]))
attempt(lambda: {[1]: 1})
attempt(lambda: {{}: 1})
attempt(lambda: {}.setdefault({}, 1))
attempt(lambda: exec("del {}['k']"))
attempt(lambda: dict(5))
attempt(lambda: dict([1]))
attempt(lambda: dict(["abc"]))
attempt(lambda: dict([("a",)]))
attempt(lambda: dict(1, 2))
attempt(lambda: {}.update(5))
attempt(lambda: {}.update([1]))
attempt(lambda: {}.update({}, {}))
attempt(lambda: {} | [])
attempt(lambda: [] | {})
attempt(lambda: {} < {})
attempt(lambda: {} + {})
attempt(lambda: hash({}))
attempt(lambda: {}.nothing)
empty = {}
attempt(lambda: empty())
attempt(lambda: dict.fromkeys(5))
attempt(lambda: dict.fromkeys([[]]))
attempt(lambda: {}.pop())
attempt(lambda: {}.keys()[0])
r = {}
r["self"] = r
r["list"] = [r]
print(r)
big = {i: i * i for i in range(1000)}
for i in range(0, 1000, 2):
    del big[i]
for i in range(5):
    big[i] = -i
print(len(big), list(big)[:3], list(big)[-3:], sum(big.values()))
print(sorted({"b": 1, "a": 2}.items(), key=lambda kv: kv[1]), max({"a": 1, "b": 5}, key={"a": 1, "b": 5}.get), {v: k for k, v in {"x": 1}.items()}, dict(sorted({3: "c", 1: "a"}.items())))
print({"a": 1}.__contains__("a"), {"a": 1}.__getitem__("a"), {"a": 1}.__len__(), {}.__eq__({}), {1: 2}.__iter__().__next__(), {1: 2}.__repr__(), {1: 2}.__or__({3: 4}), {}.__or__(5))
