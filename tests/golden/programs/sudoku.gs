# A sudoku solver with candidate sets and backtracking.

PUZZLE = """
53..7....
6..195...
.98....6.
8...6...3
4..8.3..1
7...2...6
.6....28.
...419..5
....8..79"""

rows = "ABCDEFGHI"
squares = [r + str(c) for r in rows for c in range(1, 10)]
units = [[r + str(c) for c in range(1, 10)] for r in rows] + [[r + str(c) for r in rows] for c in range(1, 10)] + [[r + str(c) for r in rows[i:i + 3] for c in range(j, j + 3)] for i in (0, 3, 6) for j in (1, 4, 7)]
peers = {s: {p for u in units if s in u for p in u} - {s} for s in squares}
def assign(values, s, d):
    for other in values[s].replace(d, ""):
        if not eliminate(values, s, other): return False
    return True
def eliminate(values, s, d):
    if d not in values[s]: return True
    values[s] = values[s].replace(d, "")
    if not values[s]: return False
    if len(values[s]) == 1 and not all(eliminate(values, p, values[s]) for p in sorted(peers[s])): return False
    for u in units:
        if s in u:
            places = [t for t in u if d in values[t]]
            if not places: return False
            if len(places) == 1 and len(values[places[0]]) > 1 and not assign(values, places[0], d): return False
    return True
calls = 0
def search(values):
    global calls
    calls += 1
    if values is None: return None
    if all(len(v) == 1 for v in values.values()): return values
    s = min((s for s in squares if len(values[s]) > 1), key=lambda s: (len(values[s]), s))
    for d in values[s]:
        copy = values.copy()
        if assign(copy, s, d) and (found := search(copy)): return found
    return None
def solve(text):
    values = dict.fromkeys(squares, "123456789")
    for s, c in zip(squares, text.replace("\n", "")):
        if c != "." and not assign(values, s, c): return None
    return search(values)
def show(v): return "\n".join("".join(v[r + str(c)] for c in range(1, 10)) for r in rows)
v = solve(PUZZLE)
print(show(v), all(sorted(v[s] for s in u) == list("123456789") for u in units), sep="\n")
hard = "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......"
calls = 0
print(show(solve(hard)).replace("\n", ""), calls > 1)
print(solve("55" + "." * 79), len(peers["A1"]), len(units))
