# Sizes that can't be: MemoryError or OverflowError at once, and the program goes on.

def attempt(f):
    try:
        f()
        print("no error")
    except (MemoryError, OverflowError, ValueError) as e:
        print(type(e).__name__)
attempt(lambda: "a" * 2 ** 62)
attempt(lambda: [0] * 2 ** 62)
attempt(lambda: (0,) * 2 ** 63)
attempt(lambda: b"ab" * 2 ** 62)
attempt(lambda: bytes(2 ** 63))
attempt(lambda: bytearray(2 ** 62))
attempt(lambda: "x".center(2 ** 63))
attempt(lambda: "x".ljust(2 ** 62))
attempt(lambda: "x".zfill(2 ** 62))
attempt(lambda: "%*d" % (2 ** 40 * 2 ** 24, 1))
attempt(lambda: "a\t".expandtabs(2 ** 62))
attempt(lambda: [1] * 2 ** 70)
attempt(lambda: "a" * 2 ** 70)
attempt(lambda: len(range(2 ** 70)))
attempt(lambda: "x".replace("", "y" * 100) * 2 ** 60)
attempt(lambda: 1 << 2 ** 70)
attempt(lambda: "{:{}}".format(1, 2 ** 70))
print("ok", [1] * 3)
