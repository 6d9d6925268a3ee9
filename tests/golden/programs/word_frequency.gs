# Text processing: words, counts, a concordance, a histogram.

TEXT = """The quick brown fox jumps over the lazy dog. The dog barks;
the fox, quick as ever, runs away. "Lazy dog!" says the fox - and laughs.
Nobody knows why the dog is lazy, or why the fox is quick."""

def words(text):
    word = []
    for c in text.lower():
        if c.isalpha():
            word.append(c)
        elif word:
            yield "".join(word)
            word.clear()
    if word:
        yield "".join(word)

counts = {}
for w in words(TEXT):
    counts[w] = counts.get(w, 0) + 1
ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
width = max(len(w) for w, _ in ranked[:8])
for w, n in ranked[:8]:
    print(f"{w:>{width}} {n:2} {'#' * n}")

concordance = {}
for number, line in enumerate(TEXT.splitlines(), 1):
    for w in words(line):
        concordance.setdefault(w, set()).add(number)
for w in ("dog", "fox", "lazy", "nobody"):
    print(w, sorted(concordance[w]))
lengths = {}
for w in counts:
    lengths.setdefault(len(w), []).append(w)
for n in sorted(lengths):
    print(n, " ".join(sorted(lengths[n])))
sentences = [s.strip() for s in TEXT.replace("!", ".").replace("\n", " ").split(".") if s.strip(' "')]
print(len(sentences), max(sentences, key=len))
print(" ".join(w[::-1] for w in list(words(TEXT))[:6]), sum(counts.values()), len(counts))
vowels = {v: TEXT.lower().count(v) for v in "aeiou"}
print(vowels, max(vowels, key=vowels.get))
