# Dates by arithmetic: leap years, days between, week days, Easter, month sheets, ISO weeks.

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
def leap(y): return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
def length(y, m): return 29 if m == 2 and leap(y) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1]
class Date:
    __slots__ = ("y", "m", "d")
    def __init__(self, y, m, d):
        if not 1 <= m <= 12: raise ValueError(f"no month {m}")
        if not 1 <= d <= length(y, m): raise ValueError(f"{MONTHS[m - 1]} {y} has no day {d}")
        self.y, self.m, self.d = y, m, d
    @classmethod
    def parse(cls, s):
        try:
            y, m, d = map(int, s.split("-"))
        except ValueError:
            raise ValueError(f"not a date: {s!r}") from None
        return cls(y, m, d)
    @property
    def ordinal(self):
        y = self.y - 1
        return y * 365 + y // 4 - y // 100 + y // 400 + sum(length(self.y, m) for m in range(1, self.m)) + self.d
    @classmethod
    def from_ordinal(cls, n):
        y = max(1, n // 366)
        while cls(y + 1, 1, 1).ordinal <= n: y += 1
        n -= cls(y, 1, 1).ordinal
        m = 1
        while n >= length(y, m):
            n -= length(y, m)
            m += 1
        return cls(y, m, n + 1)
    @property
    def weekday(self): return (self.ordinal + 6) % 7
    def __add__(self, days): return Date.from_ordinal(self.ordinal + days)
    def __sub__(self, o): return self.ordinal - o.ordinal if isinstance(o, Date) else self + -o
    def __eq__(self, o): return isinstance(o, Date) and self.ordinal == o.ordinal
    def __lt__(self, o): return self.ordinal < o.ordinal
    def __hash__(self): return self.ordinal
    def __repr__(self): return f"{self.y:04}-{self.m:02}-{self.d:02}"
    def __format__(self, spec): return "".join({"Y": f"{self.y}", "B": MONTHS[self.m - 1], "d": f"{self.d:02}", "a": DAYS[self.weekday]}.get(p[:1], "?") + p[1:] if i else p for i, p in enumerate(spec.split("%"))) if spec else repr(self)
    def iso_week(self):
        thursday = self + (3 - self.weekday)
        return thursday.y, (thursday - Date(thursday.y, 1, 1)) // 7 + 1
def easter(y):
    a, b, c = y % 19, y // 100, y % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    l = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * l) // 451
    return Date(y, (h + l - 7 * m + 114) // 31, (h + l - 7 * m + 114) % 31 + 1)
def sheet(y, m):
    first = Date(y, m, 1).weekday
    cells = [""] * first + [str(d) for d in range(1, length(y, m) + 1)]
    return "\n".join([f"{MONTHS[m - 1]} {y}".center(20).rstrip(), " ".join(d[:2] for d in DAYS)] + [" ".join(c.rjust(2) for c in cells[i:i + 7]).rstrip() for i in range(0, len(cells), 7)])
d = Date.parse("2024-02-28")
print(d, d + 1, d + 2, d + 366, d - 59, Date(2024, 12, 25) - d, f"{d:%a %d %B %Y}", DAYS[Date(2000, 1, 1).weekday], Date(2024, 12, 30).iso_week(), Date(2021, 1, 3).iso_week())
print([y for y in range(1890, 1913) if leap(y)], [easter(y) for y in (1999, 2000, 2024, 2025)], sorted([Date(2024, 5, 1), d, Date(1999, 12, 31)]), sum(Date(y, m, 13).weekday == 4 for y in range(2020, 2025) for m in range(1, 13)))
print(sheet(2024, 2), sheet(2023, 10), sep="\n\n")
for bad in ("2023-02-29", "2023-13-01", "x", "2023-04-31", "1-2"):
    try:
        print(Date.parse(bad))
    except ValueError as e:
        print(e)
assert all(Date.from_ordinal(n).ordinal == n for n in range(700000, 740000, 97))
