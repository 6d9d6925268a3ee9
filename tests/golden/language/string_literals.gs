# String and bytes literals: quotes, prefixes, escapes, joining, continuation.

print('single "double" inside', "double 'single' inside", 'it''s', "a" 'b' """c""")
print("""triple "quotes" and
a newline""", '''x'y''', len("""
"""))
print("tab\tnew\\n nl\\ bell\a"[:-1], repr("\a\b\f\n\r\t\v\0\x7f\x80\xff"))
print("\x41\101\u0041\U00000041\N{LATIN CAPITAL LETTER A}", "\u20ac", "\U0001f600", "\N{GREEK SMALL LETTER ALPHA}")
print(len("\0123"), repr("\08"), repr("\1"), repr("\377"))
print("line \
continued", 'a\
b')
print(r"raw \n \t \\ \"", r'\'', R"\x", len(r"\n"))
print(repr(r"ends with backslash\\"), u"unicode prefix", U"U")
print(b"bytes \x00\xff\n\101", b'\'', rb"\x41", bR"\n", Br'z', B"q", br"\\")
print(b"a" b"b" rb"\c", type(b""), b"""tri
ple""")
print(repr('\''), repr("\""), repr("'\""), repr("'"), repr('"'))
print(repr("é ü \x85 \xa0 \xad \u2028 \ud800 \U000e0001 中 😀"))
print(ascii("é中😀\ud800"))
print("中文字", len("中文字"), "😀"[0] == "\U0001f600", "naïve"[2])
print(len("""\
no newline at the start"""), "\
")
print(("implicit "
       "joining "
       "in brackets"))
x = "a" "b" if True else "c" "d"
print(x, ["a" "b", "c"], {"k" "1": "v" "2"})
print("%s" "%s" % (1, 2), "a" "b" * 2)
print("\t|".expandtabs(4), "\x1b[0m".encode(), "null\0byte".encode())
