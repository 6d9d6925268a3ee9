# string constants and Template, textwrap.

import string, textwrap
print(string.ascii_lowercase, string.digits, string.punctuation, repr(string.whitespace), string.hexdigits, string.capwords("hello  big world"))
t = string.Template("$who owes ${amount}$$ to $who")
print(t.substitute(who="Ann", amount=5), t.safe_substitute(who="Bob"))
for f in (lambda: t.substitute(who=1), lambda: string.Template("$ x").substitute()):
    try: f()
    except (KeyError, ValueError) as e: print(type(e).__name__, e)
text = "The quick brown fox jumps over the lazy dog and runs away from the very-long-hyphenated-word."
print(textwrap.fill(text, 30), textwrap.wrap(text, 20)[:2], textwrap.shorten(text, 30), textwrap.fill(text, 40, initial_indent="* ", subsequent_indent="  "), sep="\n")
print(repr(textwrap.dedent("""
    a
      b
    c
""")), repr(textwrap.indent("a\n\nb", "> ")), textwrap.wrap(""), textwrap.wrap("aaaaaaaaaaaa bb", 5), textwrap.fill("x\n y  z", 80))
class F(string.Formatter):
    def get_value(self, key, args, kw): return kw.get(key, f"?{key}") if isinstance(key, str) else args[key]
print(F().format("{0} {a} {b!r:>6}", 1, a=2, b="x"), list(string.Formatter().parse("a{b!r:c}d")))
