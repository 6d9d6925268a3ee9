# Dicts: reading, writing, looping.

d = {"a": 1, "b": 2}
d["c"] = 3
for k, v in d.items():
    print(k, v)
print(d, len(d), "a" in d, d.get("z", 0), list(d))
del d["a"]
print(d)
