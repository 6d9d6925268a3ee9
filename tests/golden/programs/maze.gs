# Mazes made with a seeded generator, solved by search, drawn with characters.

import random
def make(w, h, seed):
    r = random.Random(seed)
    links = {(x, y): set() for x in range(w) for y in range(h)}
    stack, seen = [(0, 0)], {(0, 0)}
    while stack:
        x, y = stack[-1]
        options = [(x + dx, y + dy) for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)) if (x + dx, y + dy) in links and (x + dx, y + dy) not in seen]
        if not options:
            stack.pop()
            continue
        n = r.choice(options)
        links[x, y].add(n); links[n].add((x, y))
        seen.add(n)
        stack.append(n)
    return links
def solve(links, start, goal):
    prev, queue = {start: None}, [start]
    for cell in queue:
        if cell == goal: break
        for n in sorted(links[cell]):
            if n not in prev:
                prev[n] = cell
                queue.append(n)
    path = []
    while goal is not None:
        path.append(goal)
        goal = prev[goal]
    return path[::-1]
def draw(links, w, h, path=()):
    out = ["+" + "--+" * w]
    for y in range(h):
        row, below = "|", "+"
        for x in range(w):
            row += ("* " if (x, y) in path else "  ") + (" " if (x + 1, y) in links[x, y] else "|")
            below += ("  " if (x, y + 1) in links[x, y] else "--") + "+"
        out += [row, below]
    return "\n".join(out)
m = make(8, 5, 42)
p = solve(m, (0, 0), (7, 4))
print(draw(m, 8, 5, set(p)), len(p), sum(map(len, m.values())) // 2, sep="\n")
def follow_wall(links, start, goal):
    dirs, d, cell, steps = [(1, 0), (0, 1), (-1, 0), (0, -1)], 0, start, 0
    while cell != goal:
        for turn in (1, 0, 3, 2):
            nd = (d + turn) % 4
            n = cell[0] + dirs[nd][0], cell[1] + dirs[nd][1]
            if n in links[cell]:
                cell, d, steps = n, nd, steps + 1
                break
    return steps
print(follow_wall(m, (0, 0), (7, 4)), [len(solve(make(10, 10, s), (0, 0), (9, 9))) for s in range(6)])
dead_ends = [c for c, n in m.items() if len(n) == 1]
print(len(dead_ends), dead_ends[:3])
