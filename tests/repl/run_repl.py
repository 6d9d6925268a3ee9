#!/usr/bin/env python3
"""Tests of the prompt: transcripts over a pipe, compared with CPython's in *.err and *.out, and sessions at a pseudo-terminal.

    python3 tests/repl/run_repl.py [--gscript target/release/gscript] [NAME...]
    python3 tests/repl/run_repl.py --bless /usr/bin/python3.11

A transcript is a file NAME.in, read as standard input of `-q -i`. Every session at a terminal ends by itself or is killed
after ten seconds.
"""

import argparse, os, pathlib, pty, re, select, signal, struct, subprocess, sys, tempfile, time
import fcntl, termios

HERE = pathlib.Path(__file__).resolve().parent


def environment(state, **more):
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GSCRIPT_"))}
    env.update(TERM="xterm", XDG_STATE_HOME=str(state), COLUMNS="80", LINES="24", LANG="C.UTF-8", **more)
    return env


class Terminal:
    """A program at a pseudo-terminal."""

    def __init__(self, command, state, **more):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execve(command[0], command, environment(state, **more))
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.deadline = time.monotonic() + 10
        self.seen = ""
        self.status = None

    def read_some(self, seconds):
        ready, _, _ = select.select([self.fd], [], [], max(0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.seen += data.decode("utf-8", "replace")
        return bool(data)

    def expect(self, text):
        """Waits until the text has come; what stood before it is taken."""
        while True:
            plain = strip(self.seen)
            at = plain.find(text)
            if at >= 0:
                before = plain[:at]
                self.seen = plain[at + len(text):]
                return before
            left = self.deadline - time.monotonic()
            if left <= 0 or not self.read_some(left):
                raise AssertionError(f"{text!r} did not come; there is {plain[-400:]!r}")

    def send(self, text):
        os.write(self.fd, text.encode())

    def line(self, text):
        self.send(text + "\r")

    def end(self):
        """Waits for the end; the status as subprocess gives it."""
        while time.monotonic() < self.deadline:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
                while self.read_some(0):
                    pass
                return self.status
            self.read_some(0.02)
        raise AssertionError("it did not end")

    def leave(self):
        """Ctrl-D at the next prompt; before it stands, the terminal would take the key for its own."""
        self.expect(">>> ")
        time.sleep(0.05)
        self.send("\x04")
        assert self.end() == 0

    def close(self):
        if self.status is None:
            try:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
        os.close(self.fd)


def strip(text):
    """Without the editor's control sequences."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    return text.replace("\x1b(B", "").replace("\r", "").replace("\x07", "")


def session_evaluates(t):
    t.expect('Type "help"')
    t.expect(">>> ")
    t.line("6 * 7")
    t.expect("\n42\n")
    t.expect(">>> ")
    t.line("_ + 1")
    t.expect("\n43\n")
    t.line("for i in range(2):")
    t.expect("... ")
    t.line("    print('i', i)")
    t.expect("... ")
    t.line("")
    t.expect("i 0\ni 1\n")
    t.line("1/0")
    t.expect('Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\nZeroDivisionError: division by zero\n')
    t.line("exit(3)")
    assert t.end() == 3


def session_ends_with_control_d(t):
    t.expect(">>> ")
    t.line("x = 1")
    t.leave()


def session_control_c_clears_the_input(t):
    t.expect(">>> ")
    t.line("def f():")
    t.expect("... ")
    t.send("  half a line")
    time.sleep(0.1)
    t.send("\x03")
    t.expect("KeyboardInterrupt")
    t.expect(">>> ")
    t.line("'alive'")
    t.expect("\n'alive'\n")
    t.leave()


def session_control_c_stops_what_runs(t):
    t.expect(">>> ")
    for code in ("while True: pass", "sleep(100)", "7 ** 200000000", "sum(range(10 ** 12))", "input()"):
        t.line(code)
        if code.startswith("while"):
            t.expect("... ")
            t.line("")
        time.sleep(0.3)
        t.send("\x03")
        t.expect("Traceback (most recent call last):")
        t.expect("KeyboardInterrupt")
        t.expect(">>> ")
    t.line("print('still', 'here')")
    t.expect("still here")
    t.leave()


def session_a_signal_at_the_prompt(t):
    t.expect(">>> ")
    t.line("'ready'")
    t.expect("\n'ready'\n")
    t.expect(">>> ")
    time.sleep(0.2)
    os.kill(t.pid, signal.SIGINT)
    t.expect("KeyboardInterrupt")
    t.line("'alive'")
    t.expect("'alive'\n")
    t.leave()


def session_greenlets_run_while_the_prompt_waits(t):
    t.expect(">>> ")
    t.line("log = []")
    t.expect(">>> ")
    t.line("def work():")
    t.expect("... ")
    t.line("  for i in range(3): sleep(0.1); log.append(i); print('tick', i)")
    t.expect("... ")
    t.line("")
    t.expect(">>> ")
    t.line("g = spawn(work)")
    t.expect(">>> ")
    t.send("'half")
    t.expect("tick 0\n")
    t.expect("tick 2\n")
    # The line being typed stands below what was printed.
    t.expect(">>> 'half")
    t.send(" typed', log\r")
    t.expect("('half typed', [0, 1, 2])")
    t.leave()


def session_completion(t):
    t.expect(">>> ")
    t.line("class Thing: attribute_one = 1; attribute_two = 2")
    t.expect("... ")
    t.line("")
    t.expect(">>> ")
    t.line("import sys; thing = Thing()")
    t.expect(">>> ")
    t.send("sys.getrecurs\t)\r")
    t.expect("\n1000\n")
    t.send("thing.attribute_t\t + 40\r")
    t.expect("\n42\n")
    t.send("thing.attr\t\t")
    t.expect("thing.attribute_one")
    t.send("\x03")
    t.expect("KeyboardInterrupt")
    t.expect(">>> ")
    t.line("if 1:")
    t.expect("... ")
    t.send("\tprint('indented')\r")
    t.expect("... ")
    t.line("")
    t.expect("\nindented\n")
    t.leave()


def session_paste(t):
    t.expect(">>> ")
    t.send("\x1b[200~for i in range(2):\n    print('p', i)\n\nprint('after')\x1b[201~\r")
    t.expect("p 0\np 1\n")
    t.expect("after\n")
    t.leave()


def session_history(t):
    t.expect(">>> ")
    t.line("'first' + ' line'")
    t.expect("'first line'\n")
    t.expect(">>> ")
    t.send("\x1b[A\r")
    t.expect("'first line'\n")
    t.leave()
    again = Terminal(t.command, t.state)
    try:
        again.expect(">>> ")
        again.send("\x1b[A\r")
        again.expect("'first line'\n")
        again.leave()
    finally:
        again.close()


def session_helpers(t):
    t.expect(">>> ")
    t.line("exit")
    t.expect("Use exit() or Ctrl-D (i.e. EOF) to exit\n")
    t.line("help")
    t.expect("Type help() for interactive help, or help(object) for help about object.\n")
    t.line("help(len)")
    t.expect("Help on built-in function len in module builtins:")
    t.line("import sys; sys.ps1 = 'what? '")
    t.expect("what? ")
    t.line("license")
    t.expect("MIT or Apache-2.0")
    t.line("quit()")
    assert t.end() == 0


def session_colours_of_syntax_errors(t):
    assert t.end() == 1
    assert "\x1b[" in t.seen and "was never closed" in t.seen, t.seen


def session_no_colours(t):
    assert t.end() == 1
    assert "\x1b[" not in t.seen and "was never closed" in t.seen, t.seen


def session_inspects(t):
    t.expect("in the program\n")
    t.expect(">>> ")
    t.line("x + 1")
    t.expect("\n6\n")
    t.leave()


def session_server_ends_by_control_c(t):
    t.expect("serving\n")
    time.sleep(0.2)
    t.send("\x03")
    t.expect("KeyboardInterrupt")
    assert t.end() == -signal.SIGINT


ARGUMENTS = {
    "colours_of_syntax_errors": ["-c", "x = (1,"],
    "no_colours": ["-c", "x = (1,"],
    "inspects": ["-i", "-c", "print('in the program'); x = 5"],
    "server_ends_by_control_c": ["-c", "from gevent.server import StreamServer\ns = StreamServer(('127.0.0.1', 0), lambda *a: None)\ns.start()\nprint('serving')\ns.serve_forever()"],
}
ENVIRONMENT = {"no_colours": {"NO_COLOR": "1"}}


def run_session(exe, name, session):
    with tempfile.TemporaryDirectory() as state:
        command = [exe] + ARGUMENTS.get(name, [])
        t = Terminal(command, state, **ENVIRONMENT.get(name, {}))
        t.command, t.state = command, state
        try:
            session(t)
        finally:
            t.close()


def transcript(exe, file):
    with tempfile.TemporaryDirectory() as state:
        command = [exe, "-q", "-i"]
        done = subprocess.run(command, stdin=open(file, "rb"), capture_output=True, env=environment(state), cwd=state, timeout=20)
    clean = lambda b: re.sub(r"0x[0-9a-f]+", "0x...", b.decode("utf-8", "replace"))
    return clean(done.stdout), clean(done.stderr)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gscript", default="target/release/gscript")
    parser.add_argument("--bless", metavar="PYTHON")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    exe = str(pathlib.Path(options.bless or options.gscript).absolute())
    passed = failed = 0
    for file in sorted(HERE.glob("*.in")):
        if options.names and file.stem not in options.names:
            continue
        out, err = transcript(exe, file)
        if options.bless:
            file.with_suffix(".out").write_text(out)
            file.with_suffix(".err").write_text(err)
        elif (out, err) == (file.with_suffix(".out").read_text(), file.with_suffix(".err").read_text()):
            passed += 1
        else:
            failed += 1
            print(f"FAILED {file.stem}: it says\n{err}\n{out}")
    sessions = {n.removeprefix("session_"): f for n, f in globals().items() if n.startswith("session_")}
    for name, session in sessions.items():
        if options.bless or options.names and name not in options.names:
            continue
        try:
            run_session(exe, name, session)
            passed += 1
        except AssertionError as e:
            failed += 1
            print(f"FAILED {name}: {e}")
    print("blessed" if options.bless else f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
