started = True
print("raises runs")


def fail():
    return {}["key in raises"]


fail()
