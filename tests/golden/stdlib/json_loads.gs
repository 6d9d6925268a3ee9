# json.loads: values, numbers, strings, white space, hooks, and the messages of bad input.

import json
for s in ('{"a": [1, 2.5, null, true, false, "x"]}', "[]", "{}", " [ 1 , 2 ] ", '"é\\u00e9\\n\\"\\\\\\/\\ud83d\\ude00"', "5", "-0", "-0.0", "1e3", "1E-2", "1.5e+10", "123456789012345678901234567890", "1e400", "NaN", "Infinity", "-Infinity", '""', '{"a": 1, "a": 2}', '"\\ud800"', "\t\n\r 1", "0.1", "1.0", "null", '{"": {"": []}}'):
    r = json.loads(s)
    print(repr(s), "->", repr(r) if r == r else "nan", type(r).__name__)
print(json.loads(b'{"k": "\xc3\xa9"}'), json.loads(bytearray(b"[1]")), json.loads("[1]".encode("utf-16")))
for s in ("", " ", "{", "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", '{"a"}', '{"a":}', '{"a":1,}', "{'a':1}", "{a:1}", '{1:2}', '"abc', '"a\nb"', '"\\x"', '"\\u12"', '"\\u12zz"', "tru", "nul", "01", "1.", ".5", "-", "+1", "1e", "1 2", "[1]]", "nan", "'a'", "\ufeff1", "{\"a\":1 \"b\":2}", "[\n1,\n2 3]", '{"a":\n\n x}', "\x00", "é", "--1", "0x10", "[1,2", '{"k":[1,{"z"', "[NaN, truE]", "/*c*/1"):
    try:
        print(repr(s), json.loads(s))
    except json.JSONDecodeError as e:
        print(repr(s), "->", e, "|", e.msg, e.pos, e.lineno, e.colno)
for bad in (5, None, ["1"]):
    try:
        json.loads(bad)
    except TypeError as e:
        print(e)
print(issubclass(json.JSONDecodeError, ValueError))
print(json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)), json.loads('{"a": 1, "a": 2}', object_pairs_hook=lambda p: p), json.loads("[1.5, 2, 1e2]", parse_float=lambda s: "f" + s, parse_int=lambda s: "i" + s), json.loads("[NaN, -Infinity]", parse_constant=lambda s: s))
try:
    json.loads("[1]", object_hook=5) 
    json.loads("{}", object_hook=lambda d: 1 / 0)
except ZeroDivisionError as e:
    print(e)
data = {"name": "Ünï", "list": [1, [2, [3]]], "f": 1.5, "n": None, "t": True, "big": 2 ** 80, "nested": {"a": {"b": {}}}}
print(json.loads(json.dumps(data)) == data, json.loads(json.dumps(data, indent=3, ensure_ascii=False, sort_keys=True)) == data)
dec = json.JSONDecoder()
print(dec.decode(" [1] "), dec.raw_decode("[1, 2] rest"), dec.raw_decode('x{"a":1}', 1))
class R:
    def read(self): return '{"from": "file"}'
print(json.load(R()))
s = "[" * 500 + "]" * 500
print(json.dumps(json.loads(s)) == s)
