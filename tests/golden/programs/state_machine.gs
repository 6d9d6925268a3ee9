# A vending machine as a table driven state machine, and a regular expression matcher compiled to states.

class Machine:
    def __init__(self, table, start): self.table, self.state, self.trace = table, start, []
    def feed(self, event, **kw):
        try:
            nxt, action = self.table[self.state, event]
        except KeyError:
            raise ValueError(f"{event!r} is not possible when {self.state}") from None
        result = action(self, **kw) if action else None
        self.trace.append(f"{self.state}-{event}->{nxt}")
        self.state = nxt if not callable(nxt) else nxt(self)
        return result
class Vending(Machine):
    PRICES = {"cola": 150, "water": 100}
    def __init__(self):
        self.credit, self.stock = 0, {"cola": 1, "water": 2}
        super().__init__({
            ("idle", "coin"): ("paying", Vending.coin),
            ("paying", "coin"): ("paying", Vending.coin),
            ("paying", "select"): (lambda m: "idle" if m.credit == 0 else "paying", Vending.select),
            ("paying", "cancel"): ("idle", Vending.refund),
        }, "idle")
    def coin(self, value): self.credit += value
    def select(self, item):
        if not self.stock.get(item): return "sold out"
        if self.credit < self.PRICES[item]: return f"needs {self.PRICES[item] - self.credit} more"
        self.stock[item] -= 1
        change, self.credit = self.credit - self.PRICES[item], 0
        return item, change
    def refund(self):
        back, self.credit = self.credit, 0
        return back
v = Vending()
for ev, kw in (("coin", {"value": 100}), ("select", {"item": "cola"}), ("coin", {"value": 100}), ("select", {"item": "cola"}), ("select", {"item": "cola"}), ("coin", {"value": 50}), ("select", {"item": "cola"}), ("cancel", {}), ("coin", {})):
    try:
        print(ev, v.feed(ev, **kw), v.state, v.credit)
    except (ValueError, TypeError) as e:
        print(ev, type(e).__name__, e)
print(len(v.trace), v.trace[-1])

def compile_re(p):
    "Characters, . * ? + | and groups, to an NFA; Thompson's construction."
    states = []
    def new(): states.append([]); return len(states) - 1
    i = 0
    def alt():
        nonlocal i
        s, e = seq()
        while i < len(p) and p[i] == "|":
            i += 1
            s2, e2 = seq()
            ns, ne = new(), new()
            states[ns] += [(None, s), (None, s2)]
            states[e].append((None, ne)); states[e2].append((None, ne))
            s, e = ns, ne
        return s, e
    def seq():
        nonlocal i
        s = e = new()
        while i < len(p) and p[i] not in "|)":
            if p[i] == "(":
                i += 1
                a, b = alt()
                i += 1
            else:
                a, b = new(), new()
                states[a].append((p[i], b))
                i += 1
            while i < len(p) and p[i] in "*+?":
                ns, ne = new(), new()
                states[ns].append((None, a)); states[b].append((None, ne))
                if p[i] in "*?": states[ns].append((None, ne))
                if p[i] in "*+": states[b].append((None, a))
                a, b = ns, ne
                i += 1
            states[e].append((None, a))
            e = b
        return s, e
    start, end = alt()
    def closure(ss):
        todo, seen = list(ss), set(ss)
        while todo:
            for c, t in states[todo.pop()]:
                if c is None and t not in seen:
                    seen.add(t)
                    todo.append(t)
        return seen
    def match(text):
        cur = closure({start})
        for ch in text:
            cur = closure({t for s in cur for c, t in states[s] if c in (ch, ".")})
        return end in cur
    return match
import re
for pat in ("ab*c", "(a|b)+", "a.c?", "(ab|cd)*e", "a(b(c|d)?)*", "x+y?z*"):
    m = compile_re(pat)
    texts = ["", "ac", "abbc", "abab", "axc", "ax", "abcde", "ababe", "e", "abcbd", "a", "xxy", "xz", "y"]
    print(pat, [t for t in texts if m(t)], all(m(t) == bool(re.fullmatch(pat, t)) for t in texts))
