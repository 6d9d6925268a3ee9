# A discrete event simulation of counters in a bank with an own random generator.

class Rng:
    def __init__(self, seed): self.s = seed
    def next(self):
        self.s ^= self.s << 13 & 0xffffffff
        self.s ^= self.s >> 17
        self.s ^= self.s << 5 & 0xffffffff
        return self.s
    def between(self, a, b): return a + self.next() % (b - a + 1)
class Simulation:
    def __init__(self): self.now, self.events, self.n = 0, [], 0
    def at(self, delay, f, *args):
        self.n += 1
        e = (self.now + delay, self.n, f, args)
        lo, hi = 0, len(self.events)
        while lo < hi:
            mid = (lo + hi) // 2
            if self.events[mid][:2] > e[:2]: lo = mid + 1
            else: hi = mid
        self.events.insert(lo, e)
    def run(self, until):
        while self.events and self.events[-1][0] <= until:
            self.now, _, f, args = self.events.pop()
            f(*args)
class Bank:
    def __init__(self, sim, rng, counters):
        self.sim, self.rng, self.free, self.line = sim, rng, counters, []
        self.served, self.waits, self.longest = 0, [], 0
    def arrive(self, n):
        self.line.append((n, self.sim.now))
        self.longest = max(self.longest, len(self.line))
        self.start()
        self.sim.at(self.rng.between(1, 5), self.arrive, n + 1)
    def start(self):
        while self.free and self.line:
            n, since = self.line.pop(0)
            self.free -= 1
            self.waits.append(self.sim.now - since)
            self.sim.at(self.rng.between(3, 9), self.done, n)
    def done(self, n):
        self.served += 1
        self.free += 1
        self.start()
for counters in (1, 2, 3):
    sim = Simulation()
    bank = Bank(sim, Rng(2463534242), counters)
    sim.at(0, bank.arrive, 1)
    sim.run(500)
    print(f"{counters} counters: served {bank.served}, longest line {bank.longest}, average wait {sum(bank.waits) / len(bank.waits):.2f}, at most {max(bank.waits)}")
print(sim.now <= 500, len(sim.events))
