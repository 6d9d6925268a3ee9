# match in its simplest form.

for v in (1, "x", [1, 2], {"k": 5}, None):
    match v:
        case 1:
            print("one")
        case str():
            print("text", v)
        case [a, b]:
            print("pair", a, b)
        case {"k": n}:
            print("mapping", n)
        case _:
            print("other")
