# datetime: dates, times, deltas, parsing, formatting, time zones with fixed offsets, errors.

from datetime import date, time, datetime, timedelta, timezone
d = date(2024, 2, 28)
print(d, repr(d), d + timedelta(2), d - date(2024, 1, 1), d.weekday(), d.isoweekday(), d.isocalendar(), d.replace(day=1), d.strftime("%d/%m/%y %A %B %j"), date.fromisoformat("2024-12-31"), d.toordinal(), date.fromordinal(738000), d < date(2025, 1, 1), d.timetuple().tm_yday, date.min, date.max, d.isoformat(), f"{d:%Y}", hash(d) == hash(date(2024, 2, 28)))
t = datetime(2024, 1, 31, 13, 5, 9, 123456)
print(t, repr(t), t.date(), t.time(), t + timedelta(days=1, hours=-2, minutes=30), t.isoformat(), t.isoformat(" ", "minutes"), t.strftime("%Y-%m-%dT%H:%M:%S.%f %p %I"), datetime.strptime("31.01.2024 07:08", "%d.%m.%Y %H:%M"), datetime.fromisoformat("2024-01-31T10:20:30+02:00"), t.replace(microsecond=0), datetime.combine(d, time(1, 2)), (t - datetime(2024, 1, 1)).total_seconds(), t.ctime(), t > datetime(2023, 1, 1))
x = timedelta(days=1, hours=25, seconds=-5, milliseconds=1500)
print(x, repr(x), x.days, x.seconds, x.microseconds, x.total_seconds(), x * 2, x / 2, x // timedelta(hours=1), x % timedelta(hours=1), -x, abs(-x), timedelta(hours=36), timedelta(-1), timedelta(weeks=1) == timedelta(7), bool(timedelta()), sum([timedelta(1)] * 3, timedelta()), divmod(timedelta(5), timedelta(2)), timedelta.max.days)
u = datetime(2024, 6, 1, 12, tzinfo=timezone.utc)
z = timezone(timedelta(hours=5, minutes=30), "IST")
print(u, u.astimezone(z), u.astimezone(z).tzname(), u == u.astimezone(z), u.utcoffset(), z, repr(timezone.utc), u.timestamp(), datetime.fromtimestamp(0, timezone.utc), u.isoformat(), u.strftime("%z %Z"), timezone(timedelta(hours=-3)))
print(time(10, 30), time(1, 2, 3, 4).isoformat(), time.fromisoformat("04:05:06"), time(23) > time(9), time(1).replace(minute=5), repr(time(7, 8)))
for f in (lambda: date(2023, 2, 29), lambda: date(2023, 13, 1), lambda: datetime(2024, 1, 1, 25), lambda: date.fromisoformat("x"), lambda: datetime.strptime("x", "%Y"), lambda: d - 5, lambda: d < t, lambda: t - u, lambda: timedelta(days=10 ** 10), lambda: date.max + timedelta(1), lambda: d + d, lambda: timezone(timedelta(days=2)), lambda: timedelta(1) < 5, lambda: u < t):
    try: print(f())
    except (ValueError, TypeError, OverflowError) as e: print(type(e).__name__, e)
days = [d + timedelta(i) for i in range(3)]
print(days == sorted(days, reverse=True)[::-1], [x.day for x in days], (date(2024, 12, 25) - d).days, [date(2024, m, 1).strftime("%b") for m in (1, 6, 12)])
