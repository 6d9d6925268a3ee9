# time: clocks are monotonic and close together, sleeping, struct_time, formatting of fixed times.

import time
a, b = time.time(), time.time()
print(b >= a, time.monotonic() <= time.monotonic(), time.perf_counter() <= time.perf_counter(), isinstance(time.time_ns(), int), abs(time.time() - time.time_ns() / 1e9) < 5, time.process_time() >= 0, time.monotonic_ns() > 0)
t = time.monotonic()
time.sleep(0.02)
print(time.monotonic() - t >= 0.019)
g = time.gmtime(0)
print(g, g.tm_year, g[0], g.tm_wday, g.tm_yday, len(g), tuple(g), time.gmtime(1700000000.5)[:6])
print(time.strftime("%Y-%m-%d %H:%M:%S %j %a %A %b %B %p %I %y %w %U %% %Z", time.gmtime(1700000000)), time.asctime(time.gmtime(0)), time.strftime("%d.%m.%y", (2024, 2, 29, 0, 0, 0, 3, 60, 0)))
print(time.strptime("2024-01-31 10:20:30", "%Y-%m-%d %H:%M:%S")[:6], time.strptime("5 Mar 99", "%d %b %y").tm_year, time.mktime(time.gmtime(86400)) , time.localtime(0)[:6], time.timezone, time.tzname[0], time.ctime(0))
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: time.sleep(-1))
attempt(lambda: time.sleep("a"))
attempt(lambda: time.sleep())
attempt(lambda: time.strptime("x", "%Y"))
attempt(lambda: time.strptime("2024-13", "%Y-%m"))
attempt(lambda: time.strptime("2024 x", "%Y"))
attempt(lambda: time.gmtime("a"))
attempt(lambda: time.gmtime(1e30))
attempt(lambda: time.strftime(5))
attempt(lambda: time.strftime("%Y", (1,)))
print(time.sleep(0), time.struct_time((2024, 1, 2, 3, 4, 5, 0, 1, -1)).tm_mday)
