# Reading log lines: regular expressions, grouping, percentiles, sessions, a report.

import re, random
r = random.Random(11)
PATHS = ["/", "/login", "/api/items", "/api/items/7", "/static/app.js", "/missing"]
lines, t = [], 0
for _ in range(300):
    t += r.randrange(0, 40)
    path = r.choice(PATHS)
    status = 404 if path == "/missing" else r.choices([200, 302, 500], [20, 2, 1])[0]
    lines.append(f'10.0.0.{r.randrange(1, 8)} - [{t // 3600:02}:{t // 60 % 60:02}:{t % 60:02}] "{r.choice(["GET", "GET", "POST"])} {path} HTTP/1.1" {status} {r.randrange(100, 5000)} {r.random():.3f}')
lines[5:5] = ["garbage", "", '10.0.0.1 - [xx] "GET']
LINE = re.compile(r'(?P<ip>[\d.]+) - \[(?P<h>\d\d):(?P<m>\d\d):(?P<s>\d\d)\] "(?P<method>[A-Z]+) (?P<path>\S+) [^"]*" (?P<status>\d{3}) (?P<size>\d+) (?P<time>[\d.]+)')
records, bad = [], []
for n, line in enumerate(lines, 1):
    if m := LINE.fullmatch(line):
        d = m.groupdict()
        records.append({"ip": d["ip"], "at": int(d["h"]) * 3600 + int(d["m"]) * 60 + int(d["s"]), "method": d["method"], "path": d["path"], "status": int(d["status"]), "size": int(d["size"]), "time": float(d["time"])})
    else:
        bad.append((n, line[:12]))
print(len(records), bad, lines[0])
def by(key):
    out = {}
    for rec in records: out.setdefault(key(rec), []).append(rec)
    return out
def percentile(xs, p):
    xs = sorted(xs)
    return xs[min(len(xs) - 1, int(len(xs) * p / 100))]
for path, rs in sorted(by(lambda x: x["path"]).items(), key=lambda kv: (-len(kv[1]), kv[0])):
    times = [x["time"] for x in rs]
    print(f"{path:<16}{len(rs):>5}{sum(x['size'] for x in rs):>9,}{percentile(times, 50):>8.3f}{percentile(times, 95):>8.3f}{sum(x['status'] >= 400 for x in rs) / len(rs):>8.1%}")
print({f"{k}xx": len(v) for k, v in sorted(by(lambda x: x["status"] // 100).items())}, {k: len(v) for k, v in sorted(by(lambda x: x["method"]).items())})
def sessions(rs, gap=300):
    out = []
    for x in sorted(rs, key=lambda x: x["at"]):
        if out and x["at"] - out[-1][-1]["at"] <= gap: out[-1].append(x)
        else: out.append([x])
    return out
for ip, rs in sorted(by(lambda x: x["ip"]).items()):
    ss = sessions(rs)
    print(ip, len(ss), max(map(len, ss)), max(s[-1]["at"] - s[0]["at"] for s in ss))
slow = sorted(records, key=lambda x: -x["time"])[:3]
print([(x["path"], x["time"]) for x in slow], re.sub(r"\d+\.\d+\.\d+\.(\d+)", r"*.\1", lines[1])[:12])
hours = [0] * 4
for x in records: hours[min(3, x["at"] // 1800)] += 1
print(hours, "".join("▁▂▃▄▅▆▇█"[int(h / max(hours) * 7)] for h in hours))
