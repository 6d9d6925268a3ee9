# A trie: words by prefix, counting, wildcards, longest match, deletion.

class Trie:
    def __init__(self, words=()):
        self.kids, self.count, self.end = {}, 0, False
        for w in words: self.add(w)
    def add(self, word):
        if word in self: return
        n = self
        n.count += 1
        for c in word:
            n = n.kids.setdefault(c, Trie())
            n.count += 1
        n.end = True
    def node(self, prefix):
        n = self
        for c in prefix:
            n = n.kids.get(c)
            if n is None: return None
        return n
    def __contains__(self, word):
        n = self.node(word)
        return n is not None and n.end
    def __len__(self): return self.count
    def __iter__(self): return self.words()
    def words(self, prefix=""):
        n = self.node(prefix)
        if n is not None: yield from n._walk(prefix)
    def _walk(self, prefix):
        if self.end: yield prefix
        for c in sorted(self.kids): yield from self.kids[c]._walk(prefix + c)
    def match(self, pattern, prefix=""):
        if not pattern:
            if self.end: yield prefix
            return
        c, rest = pattern[0], pattern[1:]
        for k in sorted(self.kids) if c == "?" else [c] if c in self.kids else []:
            yield from self.kids[k].match(rest, prefix + k)
    def longest(self, text):
        n, best = self, ""
        for i, c in enumerate(text):
            n = n.kids.get(c)
            if n is None: break
            if n.end: best = text[:i + 1]
        return best
    def remove(self, word):
        if word not in self: raise KeyError(word)
        n = self
        n.count -= 1
        for c in word:
            child = n.kids[c]
            child.count -= 1
            if child.count == 0:
                del n.kids[c]
                return
            n = child
        n.end = False
t = Trie("car card care cat dog do door été étage a".split())
print(len(t), list(t), list(t.words("car")), list(t.words("zz")), "car" in t, "ca" in t, list(t.match("ca?")), list(t.match("???")), list(t.match("é?é")), t.longest("doorway"), repr(t.longest("xyz")))
t.remove("car"); t.remove("dog"); t.remove("a")
print(list(t), len(t), t.node("do").count)
try: t.remove("car")
except KeyError as e: print("KeyError", e)
def segment(text, words):
    memo = {}
    def go(i):
        if i == len(text): return [[]]
        if i not in memo:
            memo[i] = []
            for j in range(i + 1, len(text) + 1):
                if text[i:j] in words: memo[i] += [[text[i:j]] + rest for rest in go(j)]
        return memo[i]
    return [" ".join(s) for s in go(0)]
print(segment("catsanddogs", Trie("cat cats and sand dog dogs s".split())))
