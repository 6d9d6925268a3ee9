# random with seeds: the numbers are CPython's bit for bit.

import random
r = random.Random(42)
print([r.random() for _ in range(3)], [r.randint(1, 6) for _ in range(10)], [r.randrange(0, 100, 7) for _ in range(5)], r.choice("abcdef"), r.uniform(1, 10), r.getrandbits(32), r.getrandbits(100), r.getrandbits(1))
l = list(range(10))
r.shuffle(l)
print(l, r.sample(range(100), 5), r.sample("abc", 3), r.choices([1, 2, 3], k=5), r.choices("ab", weights=[1, 9], k=8), r.choices("xyz", cum_weights=[1, 2, 10], k=4))
print(r.gauss(0, 1), r.normalvariate(5, 2), r.expovariate(1.5), r.betavariate(2, 3), r.triangular(0, 10, 3), r.lognormvariate(0, 1), r.paretovariate(3), r.weibullvariate(1, 2), r.vonmisesvariate(0, 4), r.gammavariate(2, 3), r.randbytes(5))
for seed in (0, 1, -1, 2 ** 70, "text", "é", b"bytes", 1.5, bytearray(b"x")):
    print(repr(seed), random.Random(seed).random(), random.Random(seed).randint(0, 10 ** 12))
random.seed(7)
a = [random.random(), random.randint(0, 5), random.choice([1, 2, 3])]
state = random.getstate()
b = random.random()
random.setstate(state)
print(a, b == random.random(), random.randrange(10), random.randrange(5, 10), random.uniform(-1, 1))
random.seed(7)
print([random.random(), random.randint(0, 5), random.choice([1, 2, 3])] == a)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
for f in (lambda: random.choice([]), lambda: random.randrange(0), lambda: random.randint(5, 1), lambda: random.randrange(1, 5, 0), lambda: random.sample([1], 2), lambda: random.sample({1, 2}, 1), lambda: random.sample([1], -1), lambda: random.choices([], k=1), lambda: random.choices([1], weights=[1, 2]), lambda: random.shuffle((1, 2)), lambda: random.getrandbits(-1), lambda: random.seed([1]), lambda: random.choice(5), lambda: random.choice({}), lambda: random.choices([1, 2], weights=[0, 0])):
    attempt(f)
r = random.Random(3)
counts = [0] * 6
for _ in range(6000): counts[r.randrange(6)] += 1
print(counts, r.choices(range(1000), k=3), r.sample(range(10 ** 12), 3), r.sample(["a", "b"], counts=[2, 3], k=4), r.choice(range(10 ** 15)))
class Own(random.Random):
    def random(self): return 0.5
print(Own().random(), Own().uniform(0, 10), Own().randrange(10), Own().choice("abc"))
print([random.Random(i).randrange(1000) for i in range(10)], [random.Random(5).sample(range(50), k) for k in (0, 1, 21)])
