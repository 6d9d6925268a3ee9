# urllib.parse: quoting, splitting, joining, queries.

from urllib.parse import quote, quote_plus, unquote, unquote_plus, urlparse, urlsplit, urlunparse, urljoin, urlencode, parse_qs, parse_qsl, urlunsplit, urldefrag
print(quote("a b/c?é&"), quote("a/b", safe=""), quote_plus("a b+c"), unquote("a%20b%C3%A9%zz"), unquote_plus("a+b%2B"), quote(b"\xff"), quote("~_.-"), unquote("%E4", encoding="latin-1"), unquote("%ff"))
u = urlparse("http://user:pw@Example.com:8080/a/b;p?q=1&r=#frag")
print(u, u.scheme, u.netloc, u.hostname, u.port, u.username, u.password, u.path, u.query, u.fragment, u.geturl(), urlunparse(u._replace(query="z=2")))
print(urlsplit("//host/path"), urlsplit("mailto:a@b.c"), urlsplit("/p?q#f").query, urlsplit("http://[::1]:80/").hostname, urlsplit("").path == "", urlunsplit(("https", "h", "/p", "a=b", "")), urldefrag("http://x/#y"))
for b, r in (("http://a/b/c/d?q", "g"), ("http://a/b/c/d", "../g"), ("http://a/b/c/d", "/g"), ("http://a/b/c/d", "?y"), ("http://a/b/c/d", "#s"), ("http://a/b/c/d", "//h/x"), ("http://a/b/c/d", "https://z/"), ("http://a/b/", "./../../g"), ("http://a", "b")):
    print(urljoin(b, r), end=" ")
print()
print(urlencode({"a": 1, "b": "x y", "c": "é&"}), urlencode([("k", [1, 2])], doseq=True), urlencode({"k": [1, 2]}), parse_qs("a=1&a=2&b=&c=x+y"), parse_qs("b=", keep_blank_values=True), parse_qsl("a=1&b=%20&bad"), parse_qs(""))
for f in (lambda: urlsplit("http://a:x/").port, lambda: urlsplit("http://[::1/"), lambda: urlencode("abc"), lambda: quote(5), lambda: urlsplit("http://a:99999/").port):
    try: print(f())
    except (ValueError, TypeError) as e: print(type(e).__name__, e)
