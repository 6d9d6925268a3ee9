# str: case methods and predicates, ASCII and beyond.

words = ["hello", "HELLO", "Hello World", "hELLO wORLD", "", "123", "a1b2", "ǆ", "ß", "ﬁ", "İ", "ΑΣ", "it's they're", "x_y", "Ünï", "éCOLE"]
for w in words:
    print(repr(w), repr(w.upper()), repr(w.lower()), repr(w.title()), repr(w.capitalize()), repr(w.swapcase()), repr(w.casefold()))
for w in words + [" ", "\t\n", "½", "²", "٣", "Ⅷ", "中", "-", "a b", "\x00", "A", "é", "5.0", "é1"]:
    print(repr(w), *("01"[getattr(w, "is" + p)()] for p in "alpha digit decimal numeric alnum lower upper title space ascii identifier printable".split()))
print("straße".upper(), "STRASSE".casefold() == "straße".casefold(), "Σ".lower(), "ὈΔΥΣΣΕΎΣ".lower(), "ŉ".upper(), len("ŉ".upper()))
print("hello world".title(), "HELLO".istitle(), "Hello".istitle(), "Hello world".istitle(), "bill o'neil".title(), "3d".title(), "a-b_c".title())
