# Everyday combinations: sorting dicts, grouping, counting, flattening, transposing, rotating, deduplicating.

words = "the cat sat on the mat the end".split()
count = {}
for w in words: count[w] = count.get(w, 0) + 1
print(count, sorted(count, key=lambda w: (-count[w], w)), max(count, key=count.get), sum(count.values()))
groups = {}
for w in words: groups.setdefault(len(w), []).append(w)
print(groups, {k: sorted(set(v)) for k, v in groups.items()})
print(list(dict.fromkeys(words)), [w for i, w in enumerate(words) if w not in words[:i]], sorted(set(words)))
m = [[1, 2, 3], [4, 5, 6]]
print([list(r) for r in zip(*m)], [x for r in m for x in r], [r[::-1] for r in m], sum(map(sum, m)), [max(c) for c in zip(*m)], [[r[i] for r in m] for i in range(3)])
l = [1, 2, 3, 4, 5]
k = 2
print(l[k:] + l[:k], l[-k:] + l[:-k], l[::2], l[1::2], list(zip(l, l[1:])), [l[i:i + 2] for i in range(0, len(l), 2)], [sum(l[:i + 1]) for i in range(len(l))])
print({v: k for k, v in enumerate("abc")}, dict(sorted({"b": 1, "a": 2}.items(), key=lambda p: p[1])), {**{"a": 1}, **{"b": 2}}, [*{"x": 1, "y": 2}], {k: v for k, v in count.items() if v > 1})
print(any(w.startswith("c") for w in words), all(map(str.islower, words)), "".join(w[0] for w in words), " ".join(w.capitalize() for w in words), [len(w) for w in words], sorted(words, key=len)[-1])
a, b = {1, 2, 3}, {2, 3, 4}
print(a & b, a | b, a - b, a ^ b, sorted(a.union(b, {9})), len(a) == len(set(a)))
print(list(map(lambda p: p[0] * p[1], zip([1, 2], [3, 4]))), sum(x * y for x, y in zip([1, 2], [3, 4])), [i for i, x in enumerate("hello") if x == "l"], "hello".index("l"), [c for c in "hello" if c in "aeiou"])
s = "A man a plan a canal Panama"
t = [c.lower() for c in s if c.isalpha()]
print(t == t[::-1], "".join(sorted(set(t))), {c: t.count(c) for c in sorted(set(t))})
stack, queue = [], [1, 2, 3]
while queue: stack.append(queue.pop(0))
print(stack, [stack.pop() for _ in range(3)], stack)
nested = {"a": {"b": {"c": 1}}}
path = "a.b.c".split(".")
cur = nested
for p in path: cur = cur[p]
print(cur, nested["a"]["b"].get("z", "none"))
fizz = ["FizzBuzz" if i % 15 == 0 else "Fizz" if i % 3 == 0 else "Buzz" if i % 5 == 0 else i for i in range(1, 16)]
print(*fizz)
print([[("#" if (x + y) % 2 else ".") for x in range(4)] for y in range(2)])
print(*("".join("*" if abs(x - 3) + abs(y - 3) <= 3 else " " for x in range(7)).rstrip() for y in range(7)), sep="\n")
