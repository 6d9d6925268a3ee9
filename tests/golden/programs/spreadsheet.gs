# A spreadsheet: formulas, dependencies, recalculation, cycles, errors in cells, ranges.

import re
class CellError(Exception): pass
class Sheet:
    def __init__(self): self.raw, self.cache, self.busy, self.evals = {}, {}, [], 0
    def __setitem__(self, ref, value):
        self.raw[ref.upper()] = value
        self.cache.clear()
    def __getitem__(self, ref):
        ref = ref.upper()
        if ref in self.cache:
            v = self.cache[ref]
        else:
            if ref in self.busy: raise CellError("cycle " + ">".join(self.busy[self.busy.index(ref):] + [ref]))
            self.busy.append(ref)
            try:
                v = self.compute(self.raw.get(ref, 0))
            except CellError as e:
                v = e
            finally:
                self.busy.pop()
            if not (isinstance(v, CellError) and self.busy): self.cache[ref] = v
        if isinstance(v, CellError): raise v
        return v
    def compute(self, raw):
        if not (isinstance(raw, str) and raw.startswith("=")): return raw
        self.evals += 1
        expr = re.sub(r"([A-Z]\d+):([A-Z]\d+)", r"_range('\1','\2')", raw[1:].upper())
        expr = re.sub(r"(?<!')\b([A-Z]\d+)\b(?!')", r"_cell('\1')", expr)
        try:
            return eval(expr, {"__builtins__": {}, "_cell": self.__getitem__, "_range": self.range, "SUM": sum, "MAX": max, "MIN": min, "AVG": lambda xs: sum(xs) / len(xs), "IF": lambda c, a, b: a if c else b, "ROUND": round, "COUNT": len})
        except CellError:
            raise
        except Exception as e:
            raise CellError(f"#{type(e).__name__}") from e
    def range(self, a, b):
        return [self[f"{chr(c)}{r}"] for r in range(int(a[1:]), int(b[1:]) + 1) for c in range(ord(a[0]), ord(b[0]) + 1)]
    def show(self, ref):
        try:
            v = self[ref]
            return f"{v:.2f}" if isinstance(v, float) else str(v)
        except CellError as e:
            return str(e)
    def grid(self, cols, rows): return "\n".join(" | ".join(self.show(f"{c}{r}").rjust(8) for c in cols) for r in range(1, rows + 1))
s = Sheet()
for i, (name, qty, price) in enumerate([("apples", 3, 0.5), ("pears", 10, 0.25), ("figs", 2, 4)], 1):
    s[f"a{i}"], s[f"b{i}"], s[f"c{i}"], s[f"d{i}"] = name, qty, price, f"=B{i}*C{i}"
s["a4"], s["b4"], s["d4"] = "total", "=SUM(B1:B3)", "=sum(d1:d3)"
s["c4"] = "=ROUND(D4/B4, 3)"
print(s.grid("ABCD", 4))
n = s.evals
s.show("d4"); s.show("d4")
print(s.evals == n)
s["b2"] = 100
print(s.show("d4"), s.show("c4"))
s["e1"], s["e2"], s["e3"], s["e4"], s["e5"] = "=E2+1", "=E3", "=E1", "=1/0", "=E4+1"
s["f1"], s["f2"], s["f3"] = "=IF(D4>20, MAX(B1:C3), 0)", "=NOPE(1)", "=1 +"
print([s.show(c) for c in ("e1", "e4", "e5", "f1", "f2", "f3", "z9")])
s["e3"] = 5
print([s.show(c) for c in ("e1", "e2", "e3")], s.show("e4"))
s["g1"] = 1
for i in range(2, 40): s[f"g{i}"] = f"=G{i-1}*2"
print(s.show("g39"), s.show("h1"))
