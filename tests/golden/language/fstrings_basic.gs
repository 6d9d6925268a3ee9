# f-strings: expressions, conversions, formats, nesting, escapes, quotes, concatenation.

name, n, pi = "Ada", 42, 3.14159265
print(f"{name} is {n}", f'{name!r} {name!s} {"é"!a}', f"{n:5}|{n:<5}|{n:^5}|{n:05}")
print(f"{pi:.2f} {pi:10.3f} {pi:e} {pi:g} {pi:%} {n:x} {n:#x} {n:b} {n:,} {10**9:_}")
print(f"{{}} {{{n}}} {{{{", f"{n}{n}", f"", f"{''}")
print(f"{n + 1} {n * 2!r} {(lambda x: x + 1)(n)} {n if n > 5 else 0} {[x for x in range(3)]}")
print(f"{'nested ' + 'quotes'} {dict(a=1)['a']} { {'k': 1}['k'] } {name[0]} {name[1:]} {name.upper()}")
width, prec = 10, 3
print(f"{pi:{width}.{prec}f}|{name:{'>'}{width}}|{n:{'0'}{width}d}")
print(f"{n=} {n = } {n + 1=} {name=!s} {name=:>5} {pi=:.1f}")
print(f"{'a' 'b'}" "plain {n}" f"{n}" 'x' rf"\d{n}" fr'\{name}' F"{n}")
print(f"""multi
{n
 + 1}
  line""")
print(f"{n!r:>6}|{name!r:^9}|{None!s:5}|{True:3}|{True}|{[1, 2]!s:>8}")
print(f"tab\t{n}\x41\u00e9\N{BULLET}\n{name}\\")
print(f"{n:>{width}}{n:<{width}}|")
print(f"{3 != 4} {3 == 4} {3 <= 4} {n!=5}")
print(f"{(y := 5)} {y} {y:=+5}")
print(f"{'%s' % 5} {'{}'.format(6)} {f'inner {n}'}")
print(f"{1_000:,} {0x10} {1e3} {1j} {b'x'} {...} {-n} {not n} {~n}")
print(f"{ n }", f"{n }", f"{ n :>4}")
print("not an f-string {n}", "{" f"{n}" "}")

class Fmt:
    def __format__(self, spec): return f"<{spec}>"
    def __str__(self): return "str"
    def __repr__(self): return "repr"
o = Fmt()
print(f"{o} {o:} {o:abc} {o!s} {o!r} {o!s:>6} {o:{width}.{prec}} {o:%Y-%m-%d}")
class Bad:
    def __format__(self, spec): return 5
class Plain: pass
for f in (lambda: f"{Bad()}", lambda: f"{Plain():>5}", lambda: f"{name:d}", lambda: f"{n:s}", lambda: f"{undefined}", lambda: f"{n:{name}}", lambda: f"{[]:5}", lambda: f"{None:5}", lambda: f"{1.5:d}", lambda: f"{n:.2d}", lambda: f"{'x':,}", lambda: f"{1:q}"):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

# --- evaluation order
def v(x):
    print("eval", x, end="; ")
    return x
print(f"{v(1)} {v(2):{v(5)}} {v(3)!r}")
