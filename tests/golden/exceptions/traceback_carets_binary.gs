# exit: 1
# Carets mark the operator of a failing binary operation.

def total(items):
    return items[0] + items[1] - items[2]["price"] * 2

values = [1, 2, {"price": None}]
print(total(values))
