# A small cooperative scheduler built from generators alone.

class Task:
    ids = 0
    def __init__(self, gen):
        Task.ids += 1
        self.id, self.gen, self.value, self.result, self.waiters = Task.ids, gen, None, None, []
class Scheduler:
    def __init__(self): self.ready, self.log = [], []
    def spawn(self, gen):
        t = Task(gen)
        self.ready.append(t)
        return t
    def run(self):
        while self.ready:
            t = self.ready.pop(0)
            try:
                cmd = t.gen.send(t.value)
            except StopIteration as e:
                t.result = e.value
                t.done = True
                for w in t.waiters:
                    w.value = t.result
                    self.ready.append(w)
                continue
            except Exception as e:
                print("task", t.id, "failed:", type(e).__name__, e)
                continue
            t.value = None
            match cmd:
                case None:
                    self.ready.append(t)
                case ("spawn", gen):
                    t.value = self.spawn(gen)
                    self.ready.append(t)
                case ("join", other) if getattr(other, "done", False):
                    t.value = other.result
                    self.ready.append(t)
                case ("join", other):
                    other.waiters.append(t)
                case ("id",):
                    t.value = t.id
                    self.ready.append(t)
                case _:
                    t.gen.throw(ValueError(f"unknown command {cmd!r}"))
def worker(name, n):
    me = yield ("id",)
    for i in range(n):
        print(f"{name}#{me} step {i}")
        yield
    return f"{name} done"
def bad():
    yield
    yield 1 / 0
def wrong():
    try:
        yield ("dance",)
    except ValueError as e:
        print("told:", e)
        yield
def main():
    a = yield ("spawn", worker("a", 3))
    b = yield ("spawn", worker("b", 1))
    yield ("spawn", bad())
    yield ("spawn", wrong())
    print((yield ("join", a)))
    print((yield ("join", b)))
    sub = yield from helper()
    print("helper gave", sub)
def helper():
    t = yield ("spawn", worker("h", 2))
    r = yield ("join", t)
    return r.upper()
s = Scheduler()
s.spawn(main())
s.run()
print("all done", Task.ids)
