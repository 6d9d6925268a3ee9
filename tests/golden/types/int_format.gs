# Formatting of ints: str.format, format(), % formatting, all types, signs, grouping.

n = 1234567
for spec in ("", "d", "n", "b", "o", "x", "X", "#b", "#o", "#x", "#X", ",", "_", "_b", "_x", "#_x", "c", "e", "f", ".2f", "g", "%", "+", " ", "-", "+,", "15", "<15", "^15", ">15", "=+15", "*^15", "015", "0=15", "015,", "+015,", "#015x", "x<#15x", "é>12", "1", "+.3e", ",.2f", "_.2f", ".0%"):
    try:
        print(spec.ljust(8), "|" + format(n, spec) + "|" if spec != "c" else format(65, "c"))
    except ValueError as e:
        print(spec.ljust(8), e)
print(format(-n, ","), format(-n, "012,"), format(0, "+"), format(-5, " "), format(-5, "=6"), format(True, "d"), format(True, "5"), format(True), format(-255, "#x"), format(10 ** 30, ","), format(2 ** 70, "x"), format(2 ** 70, "_b")[:20])
for spec in (".2d", "s", "z", ",b", ",x", "_n", ",_", "5c5", ".2c", "+c", "#c", "ddd", "99999999999999999999", "=s", "<<<"):
    try:
        print(format(n, spec))
    except Exception as e:
        print(spec, "->", type(e).__name__, e)
print("%d %5d %-5d| %05d %+d % d %x %X %#x %o %#o %i %u %c %c %s %r" % (5, 5, 5, 5, 5, 5, 255, 255, 255, 8, 8, 7, 6, 65, "z", 5, 5))
print("%.3d %08.3d %+.2d %d %d %x" % (5, 5, 5, 3.99, True, 2 ** 70))
print("%e %.2f %g %5.1f%%" % (5, 5, 5, 5), "%*d|%-*d|%.*f" % (6, 42, 6, 42, 2, 1.5), "%(a)d %(b)05.1f" % {"a": 1, "b": 2})
for bad in ("'%d' % 'x'", "'%x' % 1.5", "'%c' % 'ab'", "'%c' % -1", "'%d' % None", "'%z' % 1", "'%' % 1", "'%d %d' % 1", "'%d' % (1, 2)", "'%(a)d' % 1", "'%(a)d' % {}", "'%c' % 1.5", "'x' % 1", "'x' % [1]", "'x' % {}", "'%d' % ()", "'%*d' % ('a', 1)"):
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, "->", type(e).__name__, e)
