# A line diff by longest common subsequence, a patch that applies it, edit distance, similar words.

def lcs_table(a, b):
    t = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            t[i][j] = t[i + 1][j + 1] + 1 if a[i] == b[j] else max(t[i + 1][j], t[i][j + 1])
    return t
def diff(a, b):
    t, i, j = lcs_table(a, b), 0, 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            yield " ", a[i]
            i, j = i + 1, j + 1
        elif j == len(b) or i < len(a) and t[i + 1][j] >= t[i][j + 1]:
            yield "-", a[i]
            i += 1
        else:
            yield "+", b[j]
            j += 1
def patch(a, script):
    it, out = iter(a), []
    for op, line in script:
        if op != "+":
            if next(it) != line: raise ValueError("patch does not apply")
        if op != "-": out.append(line)
    return out + list(it)
old = "one two three four five six seven".split()
new = "zero one two 3 four six seven eight".split()
script = list(diff(old, new))
print(*(op + line for op, line in script), sep="\n")
print(patch(old, script) == new, lcs_table("AGGTAB", "GXTXAYB")[0][0])
try:
    patch(new, script)
except ValueError as e:
    print(e)
def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        prev, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            prev, row[j] = row[j], min(prev + (x != y), row[j] + 1, row[j - 1] + 1)
    return row[-1]
print([distance(*p) for p in (("kitten", "sitting"), ("", "abc"), ("same", "same"), ("naïve", "naive"), ("flaw", "lawn"))])
words = "print input sprint point paint pint hint mint".split()
print(sorted(words, key=lambda w: (distance(w, "prnt"), w))[:4], [w for w in words if distance(w, "pint") <= 1])
def grouped(script):
    last, run = None, []
    for op, line in script:
        if op != last and run:
            yield last, run
            run = []
        last = op
        run.append(line)
    if run: yield last, run
print([(op, len(r)) for op, r in grouped(script)])
