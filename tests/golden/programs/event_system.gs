# An event bus: priorities, wildcard topics, one-shot handlers, errors that do not stop the others.

class Event:
    def __init__(self, topic, **data): self.topic, self.data, self.stopped = topic, data, False
    def __getattr__(self, n):
        try:
            return self.__dict__["data"][n]
        except KeyError:
            raise AttributeError(n) from None
    def stop(self): self.stopped = True

class Bus:
    def __init__(self): self.handlers, self.errors, self.seq = [], [], 0
    def on(self, pattern, priority=0, once=False):
        def deco(f):
            self.seq += 1
            entry = (-priority, self.seq, pattern.split("."), f, once)
            self.handlers.append(entry)
            self.handlers.sort(key=lambda e: e[:2])
            f.off = lambda: self.handlers.remove(entry)
            return f
        return deco
    @staticmethod
    def matches(pattern, topic):
        match pattern, topic:
            case [], []: return True
            case ["#"], _: return True
            case [p, *ps], [t, *ts] if p in ("*", t): return Bus.matches(ps, ts)
        return False
    def emit(self, topic, **data):
        e, n = Event(topic, **data), 0
        for entry in list(self.handlers):
            _, _, pattern, f, once = entry
            if entry in self.handlers and self.matches(pattern, topic.split(".")):
                if once: self.handlers.remove(entry)
                try:
                    f(e)
                except Exception as ex:
                    self.errors.append((topic, f.__name__, repr(ex)))
                n += 1
                if e.stopped: break
        return n

bus, log = Bus(), []
@bus.on("user.created")
def welcome(e): log.append(f"welcome {e.name}")
@bus.on("user.*", priority=5)
def audit(e): log.append(f"audit {e.topic}")
@bus.on("#", priority=-1)
def everything(e): log.append(f"saw {e.topic}")
@bus.on("user.deleted")
def broken(e): return e.data["missing"]
@bus.on("order.*.paid", once=True)
def first_payment(e): log.append("first payment")
@bus.on("stop", priority=10)
def stopper(e): e.stop()
@bus.on("cascade")
def cascade(e):
    if e.n > 0: bus.emit("cascade", n=e.n - 1)
    log.append(f"cascade {e.n}")
print(bus.emit("user.created", name="ann"), bus.emit("user.deleted", name="bob"), bus.emit("order.7.paid"), bus.emit("order.8.paid"), bus.emit("stop"), bus.emit("nothing.special"))
print(*log, sep="\n")
log.clear()
audit.off()
bus.emit("user.created", name="cat")
bus.emit("cascade", n=2)
print(log, bus.errors)
try:
    Event("x").nope
except AttributeError as e:
    print(type(e).__name__, e)
