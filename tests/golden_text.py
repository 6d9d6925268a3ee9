"""What bless.py and run_golden.py share: finding the programs of tests/golden, reading their heads, running one,
and making standard error comparable.

A program is NAME.gs. Beside it: NAME.out (its standard output), NAME.err (its standard error, if it writes any) and
NAME.in (its standard input, if it reads any; otherwise that is empty). Comment lines at the head of the program steer
the run:

    # exit: 3         the exit status, if it is not 0
    # order: any      the output does not depend on the order in which ready greenlets run
    # rows: GRN-01    the rows of the concurrency specification that the program checks
    # needs: ipv6     what the machine must have, else the program is skipped (ipv6, root, notroot)
"""
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GOLDEN = os.path.join(ROOT, "tests", "golden")
HEAD = re.compile(r"#\s*(exit|order|rows|needs):\s*(.*\S)\s*$")
FRAME = re.compile(r'^(\s*(?:[|+]\s+)?)File "(.*)", line (\d+)(, in .*)?$')


class Program:
    """One .gs file and what its head says."""

    def __init__(self, path):
        self.path = path
        self.name = os.path.relpath(path, GOLDEN) if path.startswith(GOLDEN + os.sep) else path
        self.base = os.path.splitext(path)[0]
        head = {}
        with open(path, encoding="utf-8") as f:
            for line in f:
                if not line.startswith("#"):
                    break
                m = HEAD.match(line)
                if m:
                    head[m.group(1)] = m.group(2)
        self.status = int(head.get("exit", 0))
        self.any_order = head.get("order") == "any"
        self.rows = head.get("rows", "").split()
        self.needs = head.get("needs", "").split()

    def expected(self, kind):
        """The text of NAME.out or NAME.err, '' where there is none."""
        try:
            with open(self.base + "." + kind, encoding="utf-8", newline="") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def missing(self):
        """What the machine lacks for this program, or None."""
        for need in self.needs:
            if not CAPABILITIES[need]():
                return need
        return None


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6) as s:
            s.bind(("::1", 0))
        return True
    except OSError:
        return False


CAPABILITIES = {"ipv6": has_ipv6, "root": lambda: os.geteuid() == 0, "notroot": lambda: os.geteuid() != 0}


def find(places):
    """All programs in the given folders and files (default: the whole corpus), sorted."""
    paths = []
    for place in places or [GOLDEN]:
        if not os.path.exists(place) and os.path.exists(os.path.join(GOLDEN, place)):
            place = os.path.join(GOLDEN, place)
        place = os.path.abspath(place)
        if os.path.isdir(place):
            for folder, _, names in os.walk(place):
                paths += [os.path.join(folder, n) for n in names if n.endswith(".gs")]
        elif os.path.exists(place):
            paths.append(place)
        else:
            raise SystemExit("no such file or folder: %s" % place)
    # Modules which other programs import stand in folders named "modules".
    return [Program(p) for p in sorted(set(paths)) if os.sep + "modules" + os.sep not in p]


def run(command, program, env, timeout):
    """Run one program in an empty working folder. Gives (stdout, stderr, status); status None: it took too long."""
    folder = tempfile.mkdtemp(prefix="golden-")
    full = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GEVENT_", "GSCRIPT_"))}
    full.update(PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1", PYTHONIOENCODING="utf-8", LC_ALL="C.UTF-8", TZ="UTC")
    full.update(env)
    stdin = program.base + ".in"
    try:
        with open(stdin if os.path.exists(stdin) else os.devnull, "rb") as source:
            p = subprocess.Popen(command + [program.path], stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 cwd=folder, env=full, start_new_session=True)
            try:
                out, err = p.communicate(timeout=timeout)
                status = p.returncode
            except subprocess.TimeoutExpired:
                os.killpg(p.pid, signal.SIGKILL)
                out, err = p.communicate()
                status = None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return out.decode("utf-8", "surrogateescape"), normalise(err.decode("utf-8", "surrogateescape"), program.path), status


def normalise(err, path):
    """Standard error without what differs from run to run or belongs to the implementation alone: file names are cut to
    the base name, frames of other files than the program are left out, addresses and time stamps are blanked."""
    own = os.path.basename(path)
    folder = os.path.dirname(path)
    lines, kept, skipping = err.split("\n"), [], False
    for line in lines:
        m = FRAME.match(line)
        if m and (m.group(4) or os.path.basename(m.group(2)) == own):
            file = m.group(2)
            skipping = not (file.startswith("<") and file.endswith(">") or os.path.basename(file) == own
                            or os.path.abspath(file).startswith(folder + os.sep))
            line = '%sFile "%s", line %s%s' % (m.group(1), os.path.basename(file), m.group(3), m.group(4) or "")
        elif skipping and not (line.startswith("    ") or re.match(r"\s*\|\s{5}", line)):
            skipping = False
        if not skipping:
            kept.append(line)
    text = "\n".join(kept).replace(path, own)
    text = re.sub(r"\b0x[0-9a-fA-F]{6,}\b", "0x...", text)
    return re.sub(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\b", "<time>", text, flags=re.M)
