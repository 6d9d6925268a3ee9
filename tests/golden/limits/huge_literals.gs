# Long lists, dicts, strings, chains and nested expressions in source text.

n = 3000
src = "[" + ", ".join(str(i) for i in range(n)) + "]"
print(sum(eval(src)))
print(len(eval("{" + ", ".join(f"{i}: 'v{i}'" for i in range(n)) + "}")), len(eval("(" + "1," * n + ")")), len(eval("{" + ", ".join(map(str, range(n))) + "}")))
print(eval(" + ".join(["1"] * 800)), eval("(" * 50 + "7" + ")" * 50), eval("-" * 80 + "1"), eval("[" * 60 + "]" * 60) != [])
print(len(eval("'" + "x" * 100000 + "'")), len(eval(" ".join(["'ab'"] * 1000))), eval(" and ".join(["1"] * 1000)), eval(" < ".join(map(str, range(200)))))
ns = {}
exec("\n".join(f"v{i} = {i}" for i in range(n)), ns)
print(ns["v2999"], len(ns))
exec("def f(" + ", ".join(f"a{i}={i}" for i in range(300)) + "): return " + " + ".join(f"a{i}" for i in range(300)), ns)
print(ns["f"](), ns["f"](*range(300, 600)))
exec("def g():\n" + "".join(f"    x{i} = {i}\n" for i in range(1000)) + "    return " + " + ".join(f"x{i}" for i in range(0, 1000, 2)), ns)
print(ns["g"]())
exec("def h(x):\n" + "".join(f"    {'el' if i else ''}if x == {i}: return 'r{i}'\n" for i in range(500)) + "    return 'none'", ns)
print(ns["h"](0), ns["h"](499), ns["h"](500))
depth = 18
exec("".join(" " * i + f"for i{i} in range(1):\n" for i in range(depth)) + " " * depth + "r = 'innermost'", ns)
print(ns["r"])
exec("".join(" " * i + f"if 1:\n" for i in range(40)) + " " * 40 + "r = 'forty ifs'", ns)
print(ns["r"])
print(eval("f'" + "{1}" * 300 + "'").count("1"), eval("lambda: " * 50 + "5")()()() is not None)
exec("class K:\n" + "".join(f"    def m{i}(self): return {i}\n" for i in range(500)), ns)
print(ns["K"]().m499())
print(eval("f(" + ", ".join(f"k{i}={i}" for i in range(400)) + ")", {"f": lambda **k: len(k)}), eval("f(" + ",".join(["1"] * 2000) + ")", {"f": lambda *a: len(a)}))
print(eval("1 if 0 else " * 100 + "'last'"), eval("x" + ".real" * 100, {"x": 5}), eval("x" + "[0]" * 50, {"x": type("X", (), {"__getitem__": lambda s, k: s, "__repr__": lambda s: "X"})()}))
