# The recursion limit counts frames; recursion just below it works; it can be raised.

import sys
def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
print(depth(900))
def measure():
    n = 0
    def down():
        nonlocal n
        n += 1
        down()
    try:
        down()
    except RecursionError as e:
        return n, str(e)
n, text = measure()
print(900 < n <= 1000, text)
sys.setrecursionlimit(5000)
print(depth(4500), 4900 < measure()[0] <= 5000)
sys.setrecursionlimit(200)
print(150 < measure()[0] <= 200)
try:
    depth(500)
except RecursionError as e:
    print(type(e).__name__)
sys.setrecursionlimit(1000)
def catches(n):
    try:
        return catches(n + 1)
    except RecursionError:
        return n
print(900 < catches(0) <= 1000)
def with_finally(n):
    try:
        return with_finally(n + 1)
    finally:
        counted.append(1)
counted = []
try:
    with_finally(0)
except RecursionError:
    print(900 < len(counted) <= 1000)
for _ in range(20): measure()
print("repeated")
