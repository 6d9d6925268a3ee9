# str: what programs may rely on: equal literals, dict keys, slices that return the whole.

a = "identifier"
b = "identifier"
print(a is b, a == "".join(["ident", "ifier"]), a[:] == a, str(a) is a, a + "" == a)
d = {"k" + str(i): i for i in range(5)}
print(d["k3"], "k4" in d, d.get("k9"), list(d)[0])
key = "".join(["n", "a", "m", "e"])
class C: name = 5
print(getattr(C, key), C.__dict__[key], {key: 1}["name"])
o = C()
setattr(o, "".join("xy"), 7)
print(o.xy, vars(o))
print("" == "".join([]), "a" in {"a"}, hash("abc") == hash("ab" + "c"), hash("") == hash(str()))
s = "x" * 20
print(s == "x" * 20, s is not s + "y", len({s, "x" * 20, "x" * 10 + "x" * 10}))
print("é" == "\xe9", "\u00e9" == "é", hash("é") == hash("\xe9"), {"é": 1}["\N{LATIN SMALL LETTER E WITH ACUTE}"])
