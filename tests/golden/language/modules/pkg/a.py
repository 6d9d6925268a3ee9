print("pkg.a", __name__, __package__)
one = 1


def late():
    from .sub import b
    return b.who()
