# == of lists while __eq__ empties one of them.

class Evil:
    def __init__(self, action): self.action = action
    def __eq__(self, other):
        self.action()
        return True
def run(make_action):
    a = [1, 2, 3]
    b = [1, 2, 3]
    a[1] = Evil(make_action(a, b))
    try:
        print(a == b, len(a), len(b))
    except Exception as e:
        print(type(e).__name__, e)
run(lambda a, b: a.clear)
run(lambda a, b: b.clear)
run(lambda a, b: lambda: a.append(9))
run(lambda a, b: lambda: (a.append(9), b.append(9)))
run(lambda a, b: lambda: b.__setitem__(slice(None), []))
def nested(a, b):
    def act():
        a[1] = 2
        print("inner:", a == b, end=" ")
    return act
run(nested)
