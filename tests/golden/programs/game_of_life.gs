# Conway's game of life on an endless board of sets; known patterns.

def step(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    k = x + dx, y + dy
                    counts[k] = counts.get(k, 0) + 1
    return {c for c, n in counts.items() if n == 3 or n == 2 and c in cells}
def parse(text): return {(x, y) for y, line in enumerate(text.strip("\n").split("\n")) for x, c in enumerate(line) if c == "#"}
def show(cells):
    if not cells: return "(empty)"
    xs, ys = [x for x, _ in cells], [y for _, y in cells]
    return "\n".join("".join("#" if (x, y) in cells else "." for x in range(min(xs), max(xs) + 1)) for y in range(min(ys), max(ys) + 1))
def normal(cells):
    mx, my = min(x for x, _ in cells), min(y for _, y in cells)
    return frozenset((x - mx, y - my) for x, y in cells)
blinker, block, glider = parse("###"), parse("##\n##"), parse(".#.\n..#\n###")
print(show(step(blinker)), step(step(blinker)) == blinker, step(block) == block, step(set()), sep="\n")
g = glider
for _ in range(4): g = step(g)
print(show(g), normal(g) == normal(glider), min(g) , min(glider), sep="\n")
r = parse(".##\n##.\n.#.")
sizes = []
for gen in range(60):
    sizes.append(len(r))
    r = step(r)
print(sizes, len(r))
def period(cells, limit=30):
    seen = {}
    for n in range(limit):
        k = normal(cells)
        if k in seen: return seen[k], n - seen[k]
        seen[k] = n
        cells = step(cells)
print(period(parse("..##\n..##\n##..\n##..")), period(glider), period(blinker), period(parse("#.#\n.##\n.#.")))
