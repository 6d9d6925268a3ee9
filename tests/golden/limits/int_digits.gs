# The limit of 4300 digits for conversions between int and str.

import sys
print(len(str(10 ** 4299)))
def attempt(f):
    try:
        print(f())
    except ValueError as e:
        print(e)
attempt(lambda: str(10 ** 4300))
attempt(lambda: repr(10 ** 5000))
attempt(lambda: int("1" * 4301))
attempt(lambda: len(str(int("1" * 4300))))
attempt(lambda: int("-" + "1" * 5000))
attempt(lambda: "%d" % 10 ** 2)
attempt(lambda: "%d" % (10 ** 5000))
attempt(lambda: f"{10 ** 5000}")
attempt(lambda: print(10 ** 5000))
attempt(lambda: len(hex(10 ** 5000)))
attempt(lambda: len(bin(2 ** 100000)))
attempt(lambda: int("f" * 10000, 16) % 1000)
attempt(lambda: int("1_" * 5000 + "1"))
attempt(lambda: (10 ** 5000) % 7)
attempt(lambda: float("1" * 400))
attempt(lambda: int(" " * 5000 + "12"))
import json
attempt(lambda: json.loads("1" * 5000))
attempt(lambda: len(json.dumps(10 ** 4000)))
sys.set_int_max_str_digits(0)
print(len(str(10 ** 6000)), int("7" * 5000) % 1000)
sys.set_int_max_str_digits(4300)
attempt(lambda: str(10 ** 4300))
print((10 ** 5000 == 10 ** 5000), 10 ** 5000 > 10 ** 4999, hash(10 ** 5000) == hash(10 ** 5000))
