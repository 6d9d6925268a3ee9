# Generators as pipelines: filters, windows, chunks, merging, grouping, coroutines as sinks.

def lines(text):
    for l in text.splitlines():
        yield l.rstrip()
def grep(pat, it):
    return (l for l in it if pat in l)
def numbered(it, start=1):
    for n, l in enumerate(it, start): yield f"{n}: {l}"
text = """alpha
beta gamma
delta beta
omega"""
print(list(numbered(grep("beta", lines(text)))))
def window(it, n):
    buf = []
    for x in it:
        buf.append(x)
        if len(buf) == n:
            yield tuple(buf)
            buf.pop(0)
print(list(window(range(5), 3)), list(window([1], 3)))
def chunks(it, n):
    it = iter(it)
    while True:
        c = [x for _, x in zip(range(n), it)]
        if not c: return
        yield c
print(list(chunks(range(7), 3)))
def merge(a, b):
    a, b = iter(a), iter(b)
    done = object()
    x, y = next(a, done), next(b, done)
    while x is not done and y is not done:
        if x <= y:
            yield x; x = next(a, done)
        else:
            yield y; y = next(b, done)
    while x is not done: yield x; x = next(a, done)
    while y is not done: yield y; y = next(b, done)
print(list(merge([1, 4, 9], [2, 3, 10, 11])))
def group(it, key):
    last, cur = object(), None
    for x in it:
        k = key(x)
        if k != last:
            if cur is not None: yield last, cur
            last, cur = k, []
        cur.append(x)
    if cur is not None: yield last, cur
print(list(group("aabbbca", lambda c: c)))
def tee(it):
    it, buf = iter(it), ([], [])
    def gen(i):
        while True:
            if not buf[i]:
                try: v = next(it)
                except StopIteration: return
                for b in buf: b.append(v)
            yield buf[i].pop(0)
    return gen(0), gen(1)
a, b = tee(range(4))
print(next(a), next(a), list(b), list(a))
def sink(prefix, log):
    try:
        while True:
            log.append(prefix + str((yield)))
    except GeneratorExit:
        log.append(prefix + "closed")
def broadcast(*targets):
    for t in targets: next(t)
    while True:
        v = yield
        for t in targets: t.send(v)
log = []
s1, s2 = sink("a", log), sink("b", log)
bc = broadcast(s1, s2)
next(bc)
bc.send(1); bc.send(2)
s1.close(); bc.close(); s2.close()
print(log)
def round_robin(*its):
    its = [iter(i) for i in its]
    while its:
        for i in its[:]:
            try: yield next(i)
            except StopIteration: its.remove(i)
print("".join(round_robin("abc", "12", "XYZW")))
def primes():
    sieve, n = {}, 2
    while True:
        if n not in sieve:
            yield n
            sieve[n * n] = [n]
        else:
            for p in sieve.pop(n): sieve.setdefault(n + p, []).append(p)
        n += 1
print([p for _, p in zip(range(15), primes())])
def cycle(xs):
    while True: yield from xs
def take_while(f, it):
    for x in it:
        if not f(x): return
        yield x
print(list(take_while(lambda p: p < 30, primes())), [c for _, c in zip(range(7), cycle("ab"))])
def accumulate(it, f=lambda a, b: a + b):
    total = None
    for i, x in enumerate(it):
        total = x if i == 0 else f(total, x)
        yield total
print(list(accumulate(range(6))), list(accumulate([3, 1, 4, 1, 5], max)))
