# Tic tac toe with minimax and a memo: perfect play is a draw.

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]
def winner(b):
    for x, y, z in LINES:
        if b[x] != "." and b[x] == b[y] == b[z]: return b[x]
    return None if "." in b else "draw"
memo = {}
def score(b, player):
    w = winner(b)
    if w: return {"X": 1, "O": -1, "draw": 0}[w]
    key = b, player
    if key not in memo:
        results = [score(b[:i] + player + b[i + 1:], "O" if player == "X" else "X") for i in range(9) if b[i] == "."]
        memo[key] = max(results) if player == "X" else min(results)
    return memo[key]
def best(b, player):
    pick = max if player == "X" else min
    moves = [(score(b[:i] + player + b[i + 1:], "O" if player == "X" else "X"), i) for i in range(9) if b[i] == "."]
    target = pick(s for s, _ in moves)
    return next(i for s, i in moves if s == target)
def show(b): return "\n".join(b[i:i + 3] for i in (0, 3, 6))
b, player = "." * 9, "X"
while not winner(b):
    i = best(b, player)
    b = b[:i] + player + b[i + 1:]
    player = "O" if player == "X" else "X"
print(show(b), winner(b), len(memo), sep="\n")
def play(moves):
    b = "." * 9
    for m in moves:
        b = b[:m] + "O" + b[m + 1:]
        if winner(b): break
        i = best(b, "X")
        b = b[:i] + "X" + b[i + 1:]
        if winner(b): break
    return b.replace(".", "-"), winner(b)
print(play([1, 2, 3]), best("X.O.X...O", "X"), score("XX.OO....", "X"), score("XX.OO....", "O"))
count = {"X": 0, "O": 0, "draw": 0}
def games(b, p):
    w = winner(b)
    if w:
        count[w] += 1
        return
    if b.count(".") < 3 or b in seen: return
    seen.add(b)
    for i in range(9):
        if b[i] == ".": games(b[:i] + p + b[i + 1:], "O" if p == "X" else "X")
seen = set()
games("." * 9, "X")
print(count, len(seen))
