# Classics: knapsack, coins, longest increasing subsequence, matrix chain, partitions, Catalan numbers, staircase.

def knapsack(items, cap):
    best = [(0, ())] * (cap + 1)
    for name, w, v in items:
        for c in range(cap, w - 1, -1):
            cand = best[c - w][0] + v, best[c - w][1] + (name,)
            if cand[0] > best[c][0]: best[c] = cand
    return best[cap]
print(knapsack([("map", 9, 150), ("compass", 13, 35), ("water", 153, 200), ("sandwich", 50, 160), ("glucose", 15, 60), ("tin", 68, 45), ("banana", 27, 60), ("apple", 39, 40)], 200))
def coins(target, kinds):
    ways = [1] + [0] * target
    for k in kinds:
        for t in range(k, target + 1): ways[t] += ways[t - k]
    return ways[target]
def fewest(target, kinds):
    INF = float("inf")
    need = [0] + [INF] * target
    for t in range(1, target + 1): need[t] = min((need[t - k] + 1 for k in kinds if k <= t), default=INF)
    return need[target]
print(coins(100, [1, 5, 10, 25, 50]), coins(200, [1, 2, 5, 10, 20, 50, 100, 200]), fewest(63, [1, 5, 10, 21, 25]), fewest(3, [2]))
def lis(xs):
    best = []
    for x in xs:
        prev = max((b for b in best if b[-1] < x), key=len, default=[])
        best.append(prev + [x])
    return max(best, key=len, default=[])
print(lis([10, 9, 2, 5, 3, 7, 101, 18]), lis([]), len(lis([i * 37 % 101 for i in range(60)])))
def chain(dims):
    n = len(dims) - 1
    cost = [[0] * n for _ in range(n)]
    split = [[0] * n for _ in range(n)]
    for size in range(2, n + 1):
        for i in range(n - size + 1):
            j = i + size - 1
            cost[i][j], split[i][j] = min((cost[i][k] + cost[k + 1][j] + dims[i] * dims[k + 1] * dims[j + 1], k) for k in range(i, j))
    def show(i, j): return chr(65 + i) if i == j else f"({show(i, split[i][j])}{show(split[i][j] + 1, j)})"
    return cost[0][-1], show(0, n - 1)
print(chain([10, 30, 5, 60]), chain([40, 20, 30, 10, 30]), chain([30, 35, 15, 5, 10, 20, 25]))
memo = {}
def partitions(n, k=None):
    k = n if k is None else k
    if n == 0: return 1
    if n < 0 or k == 0: return 0
    if (n, k) not in memo: memo[n, k] = partitions(n, k - 1) + partitions(n - k, k)
    return memo[n, k]
print([partitions(n) for n in (1, 5, 10, 50, 100)])
cat = [1]
for n in range(30): cat.append(cat[-1] * 2 * (2 * n + 1) // (n + 2))
print(cat[:8], cat[30])
def palindrome(s):
    best = ""
    for c in range(len(s)):
        for lo, hi in ((c, c), (c, c + 1)):
            while lo >= 0 and hi < len(s) and s[lo] == s[hi]: lo, hi = lo - 1, hi + 1
            best = max(best, s[lo + 1:hi], key=len)
    return best
print(palindrome("forgeeksskeegfor"), palindrome("abacdfgdcaba"), repr(palindrome("")), palindrome("été"))
def maxsub(xs):
    best = cur = xs[0]
    for x in xs[1:]:
        cur = max(x, cur + x)
        best = max(best, cur)
    return best
print(maxsub([-2, 1, -3, 4, -1, 2, 1, -5, 4]), maxsub([-3, -1]), maxsub([0.5, -0.25, 0.5]))
def hanoi(n, a="A", b="B", c="C"): return [] if n == 0 else hanoi(n - 1, a, c, b) + [a + c] + hanoi(n - 1, b, a, c)
print(hanoi(3), len(hanoi(10)))
def queens(n, row=0, cols=0, d1=0, d2=0):
    if row == n: return 1
    return sum(queens(n, row + 1, cols | 1 << c, (d1 | 1 << c) << 1, (d2 | 1 << c) >> 1) for c in range(n) if not (cols | d1 | d2) >> c & 1)
print([queens(n) for n in range(1, 8)])
