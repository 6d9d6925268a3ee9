//! What scripts may reach: nothing in a machine without grants, and with a grant only what it names.

use gscript::{Authority, Config, Error, Stdio, Vm};
use gscript_stdlib::authority::{functions, needed};

fn machine(authority: Authority) -> Vm {
    Config::new().stdio(Stdio::Null, Stdio::Null).allow(authority).build().expect("a machine")
}

/// Modules in Rust that compute only, or ask by themselves (`sys`: only about the machine; `io`: `open` asks).
const PURE: &[&str] = &["errno", "math", "_re", "_random", "_json", "_heapq", "itertools", "sys", "io"];

const CAPABILITIES: [(Authority, &str); 5] = [
    (Authority::FILES, "files"),
    (Authority::NETWORK, "network"),
    (Authority::PROCESSES, "processes"),
    (Authority::ENVIRONMENT, "environment"),
    (Authority::CLOCK, "clock"),
];

/// The error is a PermissionError that names the capability.
fn assert_refused(e: &Error, what: &str, name: &str) {
    assert_eq!(e.class(), "PermissionError", "{what}: {e}");
    assert!(e.message().ends_with(&format!("this machine has no authority over: {name}")), "{what}: {e}");
}

#[test]
fn every_function_that_reaches_out_is_refused() {
    let mut vm = machine(Authority::NONE);
    let mut count = 0;
    for (module, function) in functions() {
        let need = needed(module, function);
        if need == Authority::NONE {
            continue;
        }
        let name = CAPABILITIES.iter().find(|c| c.0 == need).expect("one capability").1;
        let call = format!("__import__('{module}').{function}()");
        let e = vm.eval::<()>(&call).expect_err(&call);
        assert_refused(&e, &call, name);
        count += 1;
    }
    assert!(count > 90, "{count}");
}

#[test]
fn every_module_is_known() {
    // A new module in Rust gets a rule in `gscript_stdlib::authority`, or a place in the list above.
    for (module, function) in functions() {
        let is_ruled = needed(module, "a name that no function has") != Authority::NONE;
        assert!(is_ruled || PURE.contains(&module), "{module}.{function}: which authority does the module need?");
    }
}

/// Ways to the world beside the functions of modules, and what each needs.
const WAYS: &[(&str, &str)] = &[
    ("files", "open('/etc/passwd')"),
    ("files", "open('/tmp/gscript-no-such-file', 'w')"),
    ("files", "open(0)"),
    ("files", "import io\nio.open('/etc/passwd')"),
    ("files", "import io\nio.FileIO('/etc/passwd')"),
    ("files", "import io\nio.open_code('/etc/passwd')"),
    ("files", "import os\nos.listdir('/')"),
    ("files", "import os\nos.stat('/')"),
    ("files", "import os\nos.getcwd()"),
    ("files", "import os\nos.open('/etc/passwd', os.O_RDONLY)"),
    ("files", "import os\nos.read(0, 1)"),
    ("files", "import os\nos.remove('/tmp/gscript-no-such-file')"),
    ("files", "import sys\nsys.path.append('/tmp')\nimport a_module_of_a_file"),
    ("network", "import socket\nsocket.socket()"),
    ("network", "import socket\nsocket.socketpair()"),
    ("network", "import socket\nsocket.create_connection(('127.0.0.1', 1))"),
    ("network", "import socket\nsocket.gethostbyname('localhost')"),
    ("network", "import socket\nsocket.getaddrinfo('localhost', 80)"),
    ("network", "from gevent.server import StreamServer\nStreamServer(('127.0.0.1', 0), print).start()"),
    ("processes", "import os\nos.getpid()"),
    ("processes", "import os\nos.kill(1, 0)"),
    ("processes", "import os\nos._exit(0)"),
    ("environment", "import os\nos.environ['PATH']"),
    ("environment", "import os\nos.environ.get('PATH')"),
    ("environment", "import os\nos.getenv('PATH')"),
    ("environment", "import os\nlist(os.environ)"),
    ("environment", "import os\nlen(os.environ)"),
    ("environment", "import os\nos.environ['X'] = 'y'"),
    ("environment", "import os\nos.environb[b'PATH']"),
    ("environment", "import os\n'PATH' in os.environ"),
    ("clock", "import time\ntime.time()"),
    ("clock", "import time\ntime.monotonic()"),
    ("clock", "import time\ntime.sleep(0)"),
    ("clock", "import time\ntime.localtime()"),
    ("clock", "import time\ntime.strftime('%Y')"),
    ("clock", "import time\ntime.ctime()"),
    ("clock", "import gevent\ngevent.sleep(0.001)"),
    ("clock", "import gevent\ngevent.sleep(0.001, ref=False)"),
    ("clock", "sleep(1)"),
    ("clock", "spawn_later(0.001, print)"),
    ("clock", "Greenlet.spawn_later(0.001, print)"),
    ("clock", "Greenlet(print).start_later(0.001)"),
    ("clock", "import gevent\ngevent.get_hub().loop.now()"),
    ("clock", "import os\nos.times()"),
];

#[test]
fn every_way_is_closed_unless_granted() {
    let mut vm = machine(Authority::NONE);
    for (name, script) in WAYS {
        let e = vm.exec(script).expect_err(script);
        assert_refused(&e, script, name);
    }
    // All but the one that is needed do not help; the one alone does, at least past the refusal.
    for (authority, name) in CAPABILITIES {
        let others = CAPABILITIES.iter().filter(|c| c.0 != authority).fold(Authority::NONE, |all, c| all | c.0);
        let mut without = machine(others);
        let mut with = machine(authority);
        for (_, script) in WAYS.iter().filter(|w| w.0 == name && !w.1.contains("_exit")) {
            assert_refused(&without.exec(script).expect_err(script), script, name);
            if let Err(e) = with.exec(script) {
                assert!(!e.message().contains("has no authority"), "{script}: {e}");
            }
        }
    }
}

#[test]
fn what_computes_is_free() {
    let mut vm = machine(Authority::NONE);
    vm.exec(
        "
import sys, math, json, re, random, errno, io, os, time, socket, gevent
from gevent import queue, pool, event, lock
assert os.path.join('a', 'b') == 'a/b' and os.fspath('x') == 'x' and os.strerror(2)
assert time.gmtime(0).tm_year == 1970 and time.strftime('%Y', time.gmtime(0)) == '1970'
assert socket.htons(1) == 256 and socket.inet_aton('1.2.3.4') == b'\\x01\\x02\\x03\\x04'
assert io.BytesIO(b'x').read() == b'x' and io.StringIO('x').read() == 'x'
assert json.loads(json.dumps({'a': [1]})) == {'a': [1]} and re.sub('a', 'b', 'aa') == 'bb'
random.random(); random.seed(1); os.urandom(4)
q = Queue()
g = spawn(lambda: q.put(sum(range(10))))
assert q.get() == 45
gevent.sleep(0)
e = Event()
assert e.wait(0) is False
with Timeout(10, False): e.wait(0)
",
    )
    .expect("nothing of this needs authority");
}

#[test]
fn tracebacks_read_no_files() {
    let mut vm = machine(Authority::NONE);
    let script = "exec(compile('\\n' * 0 + 'raise ValueError(1)', '/etc/passwd', 'exec'))";
    let e = vm.exec(script).expect_err("it raises");
    assert!(!e.to_string().contains("root:"), "{e}");
    let e = machine(Authority::FILES).exec(script).expect_err("it raises");
    assert!(e.to_string().contains("root:"), "{e}");
}
