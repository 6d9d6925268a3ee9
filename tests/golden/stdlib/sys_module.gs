# sys: attributes that programs read, argv, path, exit, limits, version, streams.

import sys
print(sys.version_info[0], sys.version_info >= (3, 11), sys.version_info.major, sys.version_info[:2] == (3, 11), sys.byteorder in ("little", "big"), sys.maxsize == 2 ** 63 - 1, sys.maxunicode, sys.platform == "linux", len(sys.argv), sys.argv[0].endswith("sys_module.gs"), type(sys.path).__name__, type(sys.modules).__name__, "sys" in sys.modules, sys.modules["__main__"].__name__)
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getrecursionlimit(), sys.getrecursionlimit() == 1000, sys.intern("abc") is sys.intern("abc"), sys.int_info.default_max_str_digits, sys.get_int_max_str_digits(), sys.hash_info.modulus == 2 ** 61 - 1, sys.hash_info.inf)
sys.setrecursionlimit(500)
print(sys.getrecursionlimit())
sys.setrecursionlimit(1000)
def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
attempt(lambda: sys.setrecursionlimit(0))
attempt(lambda: sys.setrecursionlimit("a"))
attempt(lambda: sys.intern(5))
attempt(lambda: sys.nothing)
attempt(lambda: sys.set_int_max_str_digits(5))
sys.stdout.write("written\n")
print(sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.fileno(), sys.stdin.fileno(), sys.stderr.fileno(), sys.stdin.read(), sys.stdin.readline() == "", list(sys.stdin), sys.stdout.writable(), sys.stdin.readable())
print(sys.__stdout__ is sys.stdout, sys.stdout.writelines(["a", "b\n"]), sys.stdout.flush())
sys.stdout.buffer.write(b"raw bytes\n")
sys.stdout.flush()
try:
    sys.exit("message")
except SystemExit as e:
    print(repr(e.code))
print(sys.exc_info(), callable(sys.excepthook), callable(sys.displayhook), sys.flags.optimize, isinstance(sys.builtin_module_names, tuple), sys._getframe().f_code.co_name, sys.implementation.name != "", sys.api_version > 0 if hasattr(sys, "api_version") else True)
sys.displayhook(None)
sys.displayhook([1, "x"])
import builtins
print(builtins._)
sys.custom = 1
print(sys.custom)
