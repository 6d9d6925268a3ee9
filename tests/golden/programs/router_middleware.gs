# A web-like router: path patterns, middleware chains, errors as responses, sessions.

import json, re
class Response(Exception):
    def __init__(self, status, body, **headers): super().__init__(status); self.status, self.body, self.headers = status, body, headers
class App:
    def __init__(self): self.routes, self.middleware = [], []
    def route(self, pattern, *methods):
        kinds = {"int": (r"-?\d+", int), "str": (r"[^/]+", str), "path": (r".+", str)}
        convs = {}
        def part(m):
            kind, name = (m[1] or "str:").rstrip(":"), m[2]
            rx, convs[name] = kinds[kind]
            return f"(?P<{name}>{rx})"
        rx = re.compile(re.sub(r"<(\w+:)?(\w+)>", part, pattern) + "$")
        def deco(f):
            self.routes.append((rx, methods or ("GET",), convs, f))
            return f
        return deco
    def use(self, f): self.middleware.append(f); return f
    def dispatch(self, req):
        allowed = set()
        for rx, methods, convs, f in self.routes:
            if m := rx.match(req["path"]):
                if req["method"] in methods: return f(req, **{k: convs[k](v) for k, v in m.groupdict().items()})
                allowed.update(methods)
        raise Response(405, "no", allow=", ".join(sorted(allowed))) if allowed else Response(404, f"nothing at {req['path']}")
    def handle(self, method, path, **kw):
        handler = self.dispatch
        for m in reversed(self.middleware):
            handler = (lambda m, nxt: lambda req: m(req, nxt))(m, handler)
        try:
            r = handler({"method": method, "path": path, **kw})
        except Response as r2:
            r = r2
        except Exception as e:
            r = Response(500, f"{type(e).__name__}: {e}")
        if not isinstance(r, Response): r = Response(200, r if isinstance(r, str) else json.dumps(r))
        return r.status, r.body, r.headers
app, log, users = App(), [], {"t1": "ann"}
@app.use
def logger(req, nxt):
    log.append(req["method"] + " " + req["path"])
    try:
        return nxt(req)
    finally:
        log.append("done")
@app.use
def auth(req, nxt):
    if req["path"].startswith("/admin"):
        user = users.get(req.get("token"))
        if user is None: raise Response(401, "who are you?")
        req = {**req, "user": user}
    r = nxt(req)
    return {"wrapped": r} if isinstance(r, list) else r
@app.route("/")
def index(req): return "home"
@app.route("/items/<int:n>", "GET", "DELETE")
def item(req, n): return {"n": n, "sq": n * n} if req["method"] == "GET" else Response(204, "")
@app.route("/items", "POST")
def add(req): return [json.loads(req["body"])]
@app.route("/files/<path:p>")
def files(req, p): return p.split("/")
@app.route("/hello/<name>/<int:times>")
def hello(req, name, times): return " ".join([f"hi {name}"] * times)
@app.route("/admin/who")
def who(req): return req["user"]
@app.route("/crash")
def crash(req): return 1 / 0
for args in (("GET", "/"), ("GET", "/items/12"), ("DELETE", "/items/-3"), ("POST", "/items/5"), ("GET", "/items/x"), ("GET", "/files/a/b/c"), ("GET", "/hello/Zoë/2"), ("GET", "/admin/who"), ("GET", "/crash"), ("GET", "/nope")):
    print(*args, app.handle(*args))
print(app.handle("POST", "/items", body='{"a": [1, 2]}'), app.handle("POST", "/items", body="{bad"), app.handle("GET", "/admin/who", token="t1"), app.handle("GET", "/admin/who", token="t2"))
print(len(log), log[:3], log.count("done"))
