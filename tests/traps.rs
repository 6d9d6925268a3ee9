//! A test for each trap that the design names and that golden programs cannot show. Where the others are tested:
//!
//! | trap | test |
//! |---|---|
//! | a field of the Vm read before and after a switch | `vm/src/green/switch.rs` a_field_changed_while_parked_is_read_anew |
//! | data and the end in one edge; an urgent byte; short reads | `vm/src/green/poller.rs` and below |
//! | two lines in a terminal | below |
//! | inconsistent `__lt__` | `golden/reentrant/sort_inconsistent_lt.gs` |
//! | script code that mutates, raises or switches in built-ins | `golden/reentrant` |
//! | a value handed over to a greenlet that is killed | `golden/green/hand_over_and_kill.gs` |
//! | files whose object was never stored | `golden/regression/files_left_open.gs`; those open at the end: below |
//! | guards that cannot be had | below; `vm/src/green/stack.rs` mprotect_guards_end_before_the_map_entries_do |
//! | Ctrl-C in every long loop | below |

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const GSCRIPT: &str = env!("CARGO_BIN_EXE_gscript");

/// The file of a program, which goes away.
struct Program(PathBuf);

impl Program {
    fn new(name: &str, text: &str) -> Program {
        let path = std::env::temp_dir().join(format!("trap-{}-{name}.gs", std::process::id()));
        fs::write(&path, text).expect("a file for the program");
        Program(path)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(GSCRIPT);
        command.arg(&self.0).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn run(name: &str, text: &str, env: &[(&str, &str)]) -> Output {
    Program::new(name, text).command().envs(env.iter().copied()).output().expect("gscript runs")
}

/// What a program prints that ends well.
fn printed(name: &str, text: &str, env: &[(&str, &str)]) -> String {
    let output = run(name, text, env);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {:?}\n{error}", output.status);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

const GREENLETS: &str = "
from gevent import spawn, sleep, joinall
def deep(n): return 0 if n == 0 else 1 + deep(n - 1)
def work(n):
    sleep(0)
    return deep(200) + n
jobs = [spawn(work, n) for n in range(500)]
joinall(jobs)
print(sum(j.value for j in jobs))
def endless(): return [endless() for _ in range(1)]
def careful():
    try:
        endless()
    except RecursionError as e:
        return 'RecursionError'
print(spawn(careful).get())
";

#[test]
fn guards_of_every_kind() {
    for guard in ["auto", "off", "mprotect"] {
        let out = printed("guards", GREENLETS, &[("GSCRIPT_GUARD", guard)]);
        assert_eq!(out, "224750\nRecursionError\n", "GSCRIPT_GUARD={guard}");
    }
}

/// 10^8 instructions in a greenlet: a native frame for each would not fit any stack.
#[test]
fn dispatch_uses_no_stack() {
    let text = "
from gevent import spawn
def count(n):
    i = 0
    while i < n:
        i += 1
    return i
print(spawn(count, 35000000).get())
";
    assert_eq!(printed("dispatch", text, &[]), "35000000\n");
}

#[test]
fn appending_to_a_text_is_linear() {
    let text = "
import time
def build(n):
    start = time.perf_counter()
    s = ''
    for i in range(n):
        s += 'piece'
    assert len(s) == 5 * n
    return time.perf_counter() - start
build(1000)
small = min(build(50000) for _ in range(3))
large = min(build(800000) for _ in range(3))
print(large / small < 64, large / small)
";
    let out = printed("append", text, &[]);
    assert!(out.starts_with("True"), "16 times as much takes {out}");
}

/// Memory of a loop that allocates is flat after it has warmed up; `make deep` runs it for a minute.
#[test]
fn a_loop_that_allocates_stays_flat() {
    let seconds: f64 = std::env::var("SOAK_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(5.0);
    let text = format!(
        "
import time
def resident():
    return int(open('/proc/self/statm').read().split()[1]) * 4096
class Node:
    def __init__(self, next, data):
        self.next = next
        self.data = data
def work():
    chain = None
    for i in range(2000):
        chain = Node(chain, {{'key': i, 'list': [i, float(i), str(i)], 'tuple': (i,) * (i % 7)}})
        if i % 50 == 0:
            chain.next = chain
    return sum(len(n) for n in [str(i) * 3 for i in range(1000)])
start = time.monotonic()
sizes = []
while time.monotonic() - start < {seconds}:
    work()
    sizes.append(resident())
warm = max(sizes[:len(sizes) // 4])
print(max(sizes[len(sizes) // 4:]) <= warm * 1.2 + 4e6, len(sizes), warm, max(sizes))
"
    );
    let out = printed("flat", &text, &[]);
    assert!(out.starts_with("True"), "{out}");
}

#[test]
fn ten_thousand_brackets_are_an_error() {
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("a[", "]"), ("-", ""), ("not ", ""), ("lambda: ", ""), ("f'{", "}'")] {
        let program = Program::new("brackets", &format!("x = {}1{}\n", open.repeat(10_000), close.repeat(10_000)));
        for option in ["--check", "--dis"] {
            let output = Command::new(GSCRIPT).arg(option).arg(&program.0).output().expect("gscript runs");
            let code = output.status.code();
            assert!(matches!(code, Some(1 | 2)) || code == Some(0) && close.is_empty(), "{option} {open}: {:?}", output.status);
        }
    }
}

#[test]
fn files_open_at_the_end_are_written() {
    let path = std::env::temp_dir().join(format!("trap-{}-left.txt", std::process::id()));
    let name = path.to_string_lossy();
    for (end, code) in [("", 0), ("import sys; sys.exit(3)", 3), ("1 / 0", 1), ("from gevent import spawn, sleep\nspawn(sleep, 100)\nsleep(0)", 0)] {
        let text = format!("f = open({name:?}, 'w')\nf.write('kept')\ndef g():\n    h = f\n    yield h\nit = g(); next(it)\n{end}\n");
        let output = run("left", &text, &[]);
        assert_eq!(output.status.code(), Some(code), "{end}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(fs::read_to_string(&path).expect("the file"), "kept", "{end}");
    }
    let _ = fs::remove_file(&path);
}

/// Waits for the end of a process, for a bounded time.
fn ended(child: &mut Child, limit: Duration) -> bool {
    let end = Instant::now() + limit;
    while Instant::now() < end {
        if child.try_wait().expect("a child").is_some() {
            return true;
        }
        thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    let _ = child.wait();
    false
}

/// Ctrl-C reaches every loop that takes long, in scripts and in built-ins.
#[test]
fn interrupts_reach_every_loop() {
    let programs = [
        ("a loop", "while True: pass"),
        ("a call", "def f(): return 1\nwhile f(): f()"),
        ("a generator", "sum(1 for _ in iter(int, 1))"),
        ("sleep", "from gevent import sleep\nsleep(100)"),
        ("a sort", "import random\nx = [random.random() for _ in range(200000)]\nwhile True: sorted(x)"),
        ("a sort with a key", "sorted(iter(int, 1), key=str)"),
        ("a pattern", "import re\nre.match('(a*)*(b*)*c', 'a' * 5000 + 'b' * 5000 + 'd')\nwhile True: re.match('(a|aa)+$', 'a' * 40 + 'b')"),
        ("big numbers", "x = 3 ** 200000\nwhile True: x * x"),
        ("digits of a big number", "import sys\nsys.set_int_max_str_digits(0)\nwhile True: str(3 ** 100000)"),
        ("an endless list", "list(iter(int, 1))"),
        ("a comparison", "x = [1] * 1000000\nwhile x == [1] * 1000000: pass"),
    ];
    for (what, text) in programs {
        let program = Program::new(&what.replace(' ', "-"), &format!("print('ready', flush=True)\n{text}\n"));
        let mut child = program.command().spawn().expect("gscript runs");
        let mut ready = [0; 6];
        child.stdout.as_mut().expect("piped").read_exact(&mut ready).expect("it begins");
        thread::sleep(Duration::from_millis(200));
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it runs");
        assert!(ended(&mut child, Duration::from_secs(10)), "{what} goes on after Ctrl-C");
        let mut error = String::new();
        let _ = child.stderr.take().expect("piped").read_to_string(&mut error);
        assert!(error.ends_with("KeyboardInterrupt\n"), "{what}: {error}");
    }
}

/// Lines that wait together are all read: standard input is asked again after a short read.
#[test]
fn lines_that_come_together_are_all_read() {
    let text = "
import sys
from gevent import spawn, sleep
ticks = []
def tick():
    while True:
        ticks.append(1)
        sleep(0.01)
spawn(tick)
for line in sys.stdin:
    print(repr(line), flush=True)
print(len(ticks) > 3)
";
    let program = Program::new("lines", text);
    let mut child = program.command().stdin(Stdio::piped()).spawn().expect("gscript runs");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(b"one\ntwo\n").expect("it reads");
    thread::sleep(Duration::from_millis(100));
    stdin.write_all(b"three\nfo").expect("it reads");
    thread::sleep(Duration::from_millis(50));
    stdin.write_all(b"ur\nlast").expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let out = String::from_utf8_lossy(&output.stdout);
    assert_eq!(out.lines().take(5).collect::<Vec<_>>(), ["'one\\n'", "'two\\n'", "'three\\n'", "'four\\n'", "'last'"]);
}

/// Data, an urgent byte and the end of the connection come in one edge.
#[test]
fn data_urgent_byte_and_end_in_one_edge() {
    let text = "
import socket
from gevent import spawn, sleep
server = socket.socket()
server.bind(('127.0.0.1', 0))
server.listen()
def client():
    c = socket.create_connection(server.getsockname())
    sleep(0.02)
    c.sendall(b'first')
    c.send(b'!', socket.MSG_OOB)
    c.sendall(b'second')
    c.close()
spawn(client)
s, _ = server.accept()
data = b''
sleep(0.1)
while True:
    piece = s.recv(3)
    if not piece: break
    data += piece
print(data)
";
    assert_eq!(printed("urgent", text, &[]), "b'firstsecond'\n");
}
