# A text editor with commands, undo and redo, macros and search.

class Editor:
    def __init__(self): self.lines, self.undo, self.redo, self.saved = [""], [], [], None
    def do(self, command, *args):
        before = self.lines[:]
        result = getattr(self, "cmd_" + command)(*args)
        if self.lines != before:
            self.undo.append((command, before))
            self.redo.clear()
        return result
    def __getattr__(self, name):
        if name.startswith("cmd_"): raise ValueError(f"no command {name[4:]}")
        raise AttributeError(name)
    def cmd_insert(self, n, text): self.lines[n:n] = text.split("\n")
    def cmd_delete(self, a, b=None): del self.lines[a:(a + 1 if b is None else b)]
    def cmd_replace(self, old, new):
        count = sum(l.count(old) for l in self.lines)
        self.lines = [l.replace(old, new) for l in self.lines]
        return count
    def cmd_move(self, a, b): self.lines.insert(b, self.lines.pop(a))
    def cmd_sort(self, reverse=False): self.lines.sort(reverse=reverse)
    def cmd_indent(self, n): self.lines = [" " * n + l if l else l for l in self.lines]
    def cmd_find(self, text): return [i for i, l in enumerate(self.lines) if text in l]
    def cmd_join(self, a, b): self.lines[a:b] = [" ".join(self.lines[a:b])]
    def cmd_undo(self):
        if not self.undo: raise ValueError("nothing to undo")
        name, before = self.undo.pop()
        self.redo.append((name, self.lines))
        self.lines = before
        return name
    def cmd_redo(self):
        if not self.redo: raise ValueError("nothing to redo")
        name, after = self.redo.pop()
        self.undo.append((name, self.lines))
        self.lines = after
        return name
    def run(self, script):
        for step in script:
            command, *args = step if isinstance(step, tuple) else (step,)
            if command in ("undo", "redo"): yield command, getattr(self, "cmd_" + command)()
            else: yield command, self.do(command, *args)
    @property
    def text(self): return "/".join(self.lines)
e = Editor()
for step in e.run([("delete", 0), ("insert", 0, "banana\napple\ncherry"), "sort", ("replace", "an", "AN"), ("find", "rr"), "undo", "undo", "redo", ("indent", 2), ("move", 0, 2), ("join", 0, 2), "undo", "undo"]):
    print(step, e.text)
for bad in ("redo", "redo", "redo", "dance", ("delete",), ("insert", "x", "y")):
    try:
        print(next(e.run([bad])), e.text)
    except (ValueError, TypeError) as ex:
        print(type(ex).__name__, ex)
n = 0
while True:
    try:
        e.cmd_undo()
        n += 1
    except ValueError as ex:
        print(n, ex, repr(e.text))
        break
