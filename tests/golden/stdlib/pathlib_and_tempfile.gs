# pathlib, tempfile, shutil, glob in the working folder.

import os, shutil, glob
from pathlib import Path, PurePosixPath
import tempfile
p = PurePosixPath("/usr/lib/../x.tar.gz")
print(p.name, p.stem, p.suffix, p.suffixes, p.parent, p.parts, p / "y", p.with_suffix(".zip"), p.with_name("z"), p.is_absolute(), p.match("*.gz"), PurePosixPath("a") < PurePosixPath("b"), str(PurePosixPath("a//b/./c")), repr(p), PurePosixPath("/a/b/c").relative_to("/a"), list(PurePosixPath("/a/b").parents))
d = Path("dir")
d.mkdir()
(d / "sub").mkdir(parents=True)
f = d / "file.txt"
print(f.write_text("héllo\nworld\n"), f.read_text(), f.read_bytes()[:3], f.exists(), f.is_file(), d.is_dir(), f.stat().st_size)
(d / "b.py").touch(); (d / "sub" / "c.py").write_bytes(b"x")
print(sorted(x.name for x in d.iterdir()), sorted(str(x) for x in d.glob("*.py")), sorted(str(x) for x in d.rglob("*.py")), sorted(glob.glob("dir/**/*.py", recursive=True)))
with f.open() as h: print(h.readline())
for g in (lambda: Path("none").read_text(), lambda: d.mkdir(), lambda: d.rmdir(), lambda: PurePosixPath("/a").relative_to("/b"), lambda: Path("none").unlink()):
    try: g()
    except (OSError, ValueError) as e: print(type(e).__name__, str(e)[:60])
d.mkdir(exist_ok=True); Path("none").unlink(missing_ok=True)
f.rename(d / "new.txt")
shutil.copy(d / "new.txt", "copy.txt")
shutil.copytree(d, "tree")
print(sorted(os.listdir("tree")), Path("copy.txt").read_text() == "héllo\nworld\n", shutil.move("copy.txt", "moved.txt"), Path("moved.txt").resolve().name)
shutil.rmtree("tree")
print(Path("tree").exists(), Path.cwd() == Path(os.getcwd()), Path("a") / Path("/b"))
with tempfile.TemporaryDirectory() as t:
    Path(t, "x").write_text("1")
    print(os.listdir(t))
print(os.path.exists(t))
with tempfile.NamedTemporaryFile("w+", suffix=".txt") as n:
    n.write("temp"); n.seek(0)
    print(n.read(), n.name.endswith(".txt"), os.path.exists(n.name))
print(os.path.exists(n.name))
