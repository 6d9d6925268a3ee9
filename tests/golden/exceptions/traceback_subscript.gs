# exit: 1
# Carets mark the failing subscript in a chain.

config = {"server": {"ports": [80]}}
def port(n):
    return config["server"]["ports"][n]["number"]
port(0)
