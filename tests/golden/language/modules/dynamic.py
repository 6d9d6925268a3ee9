def __getattr__(name):
    if name.startswith("dyn_"):
        return name[4:]
    raise AttributeError(f"dynamic has no {name}")


def __dir__():
    return ["dyn_x"]
