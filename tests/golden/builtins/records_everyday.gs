# Everyday use of several built-ins together on records.

people = [("Ann", 31, 2500.5), ("Bob", 25, 1800), ("Cat", 31, 3100.25), ("Dan", 19, 0)]
print(min(people, key=lambda p: p[1])[0], max(people, key=lambda p: (p[1], p[2]))[0], sum(p[2] for p in people), sorted(p[0] for p in people if p[1] > 20))
names, ages, pay = zip(*people)
print(names, ages, round(sum(pay) / len(pay), 2), any(a < 20 for a in ages), all(p >= 0 for p in pay))
by_age = {}
for n, a, _ in people: by_age.setdefault(a, []).append(n)
print(by_age, dict(sorted(by_age.items())), list(map(len, by_age.values())), max(by_age, key=lambda a: len(by_age[a])))
print([f"{i}. {n:<5}{p:>10,.2f}" for i, (n, _, p) in enumerate(people, 1)], list(filter(lambda p: p[2], people))[-1], dict(zip(names, ages)), list(reversed(names)), [*range(len(people))][::-1])
print(abs(min(pay) - max(pay)), divmod(sum(ages), len(ages)), pow(ages[0], 2), str(people[0]), repr(names[0]), isinstance(people, list), callable(print), len(set(ages)), tuple(sorted(set(ages))), bool(people and names), hash(names) == hash(tuple(names)))
