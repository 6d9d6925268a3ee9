# Formatting of floats: f, e, g, n, %, alternate form, signs, widths, special values.

values = (0.0, -0.0, 1.0, 1234567.891, -0.000123456, 1e20, 1e-10, 123456789012345.678, float("inf"), float("-inf"), float("nan"))
for spec in ("", "f", ".0f", ".3f", "#.0f", "e", ".0e", ".2E", "g", ".3g", "#.3g", "G", "%", ".1%", "n", "+", " ", ",", "_", ",.2f", "12.3f", "<12.3f", "^12.2e", "012.3f", "=+12.1f", "*>12g", "F", ".10", "z.0f", "+.1e", "0>10.2f", ".0", "#g", "10", "-<10"):
    print(spec.ljust(7), *("|" + format(v, spec) for v in values))
for spec in ("d", "x", "s", "c", ".f", "..2f", "10.", ",n", "_,f", "b"):
    try:
        print(format(1.5, spec))
    except ValueError as e:
        print(spec, "->", e)
print("%f %.2f %e %g %G %5.1f|%-8.2f|%08.2f %+f % f %#.0f %s %r %a" % (1.5, 2.675, 12345.678, 1e-5, 1e20, 3.14159, 2.5, -2.5, 1.0, 1.0, 3.0, 1e16, 0.1, 1e-7))
print("%.50f" % 0.1, "%.0f %.0f %.0f %.0f" % (0.5, 1.5, 2.5, 3.5), "%.3e" % 0, "%g %g %g %g" % (100000, 1000000, 0.0001, 0.00001), "%.17g" % 0.1, "%f" % 1e22, "%.1f" % 0.25, "%.1f" % 0.35)
print("%f %F %e %5.1f|%-6f|%06f" % (float("nan"), float("inf"), float("-inf"), float("nan"), float("inf"), float("inf")))
print(f"{1e300:.3f}"[:20], f"{2 ** 0.5:.15f}", f"{1 / 3:.20f}", f"{0.1:.30f}", f"{1e-320:.3g}", f"{123.456:.2}", f"{0.00001:}", f"{1e5:}", f"{1e16:}")
