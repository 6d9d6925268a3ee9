//! Limits of machines: each ends a script for good, in loops and inside built-ins, and leaves a machine that can be used.

use std::time::{Duration, Instant};

use gscript::{Config, ErrorKind, Limit, Limits, Stdio, Vm};

fn config() -> Config {
    Config::new().stdio(Stdio::Null, Stdio::Null).allow_clock()
}

/// Runs the script, which must be ended by that limit; the machine works afterwards.
fn ends(vm: &mut Vm, limit: Limit, script: &str) {
    let started = Instant::now();
    let e = match vm.exec(script) {
        Ok(()) => panic!("came to its end: {script}"),
        Err(e) => e,
    };
    assert_eq!(e.kind(), ErrorKind::Limit(limit), "{script}\n{e}");
    assert_eq!(e.class(), "gscript.LimitExceeded");
    assert!(started.elapsed() < Duration::from_secs(30), "{:?}: {script}", started.elapsed());
    let limits = vm.limits();
    vm.set_limits(Limits::default());
    assert_eq!(vm.eval::<i64>("sum(range(5))").expect("a machine that works"), 10, "{script}");
    vm.set_limits(limits);
}

/// Loops that try to go on whatever happens.
const STUBBORN: &[&str] = &[
    "while True: pass",
    "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "while True:\n    try:\n        while True: pass\n    finally:\n        continue",
    "def f():\n    try:\n        while True: pass\n    finally:\n        f()\nf()",
    "def g():\n    while True:\n        try: yield\n        except BaseException: pass\nfor x in g(): pass",
    "class C:\n    def __enter__(self): return self\n    def __exit__(self, *a): return True\nwhile True:\n    with C():\n        while True: pass",
    "def f(n):\n    try: f(n + 1)\n    except RecursionError: pass\n    while True: pass\nf(0)",
    "class E:\n    def __eq__(self, o):\n        while True: pass\n    __hash__ = None\n[E()] == [E()]",
    "def work():\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass\ng = spawn(work)\nwhile True:\n    try: g.join()\n    except BaseException: pass",
    "def work():\n    while True: sleep(0)\nfor n in range(10): spawn(work)\nwhile True:\n    try: sleep(0)\n    finally: continue",
    "for n in iter(int, 1): hasattr(n, 'x')",
    "exec('while True: pass')",
    "sorted([3, 1, 2], key=lambda n: [0 for x in iter(int, 1)])",
];

/// Built-ins that would take for ever, or for minutes.
const LONG: &[&str] = &[
    "sum(range(10**12))",
    "list(iter(int, 1))",
    "max(range(10**12))",
    "all(iter(lambda: 1, 0))",
    "any(map(bool, iter(int, 1)))",
    "0.5 in range(10**12)",
    "range(10**12).index(0.5)",
    "tuple(zip(iter(int, 1)))",
    "set(iter(int, 1))",
    "for x in filter(None, iter(int, 1)): pass",
    "''.join(iter(str, 'x'))",
    "b''.join(iter(bytes, b'x'))",
    "dict(zip(range(10**12), iter(int, 1)))",
    "[].extend(iter(int, 1))",
    "bytearray().extend(iter(int, 1))",
    "next(filter(None, iter(int, 1)))",
    "a, *b = iter(int, 1)",
    "print(*iter(int, 1))",
    "min(iter(int, 1))",
    "sorted(iter(int, 1))",
    "x = 10**10**8",
    "x = 3**(10**8)",
    "x = (1 << 10**9 | 1) ** 2",
    "x = 3**3000000 // 7**1000000 // 5**300000\nx = (3**20000000) % (7**6000000)",
    "pow(3, 10**100000, 10**100000 + 1)",
    "import math\nmath.factorial(10**8)",
    "import math\nmath.prod(range(1, 10**12))",
    "import math\nmath.comb(10**8, 5 * 10**7)",
    "import re\nre.findall('(a|b)*c', 'ab' * 10**7)\nwhile True: re.match('(a+)+$', 'a' * 30 + 'b')",
    "import json\nx = [1] * 1000\nwhile True: json.dumps(x)",
    "x = list(range(10**5))\nwhile True: x.sort(key=str)",
    "x = [[n, n] for n in range(1000)]\nwhile True: sorted(x)",
];

#[test]
fn deadline_ends_loops_and_built_ins() {
    let mut vm = config().deadline(Duration::from_millis(150)).build().expect("a machine");
    for script in STUBBORN.iter().chain(LONG) {
        ends(&mut vm, Limit::Deadline, script);
    }
    // Waiting is no way out.
    ends(&mut vm, Limit::Deadline, "sleep(100)");
    ends(&mut vm, Limit::Deadline, "Timeout(100).start()\nEvent().wait()");
    ends(&mut vm, Limit::Deadline, "while True:\n    try: sleep(100)\n    except BaseException: pass");
    ends(&mut vm, Limit::Deadline, "spawn_later(50, print)\nimport gevent\ngevent.wait()");
    // Each entry has its own.
    for _ in 0..5 {
        vm.exec("sleep(0.04)").expect("in time");
    }
}

#[test]
fn fuel_ends_loops_and_built_ins() {
    let mut vm = config().fuel(100_000).build().expect("a machine");
    for script in STUBBORN.iter().chain(&LONG[..16]) {
        vm.set_fuel(Some(100_000));
        ends(&mut vm, Limit::Fuel, script);
    }
    vm.set_fuel(Some(10_000));
    vm.exec("for i in range(1000): len('x')").expect("enough");
    assert_eq!(vm.fuel_left().expect("counted"), vm_left(&mut vm));
    let left = vm.fuel_left().expect("counted");
    assert!((8_900..=9_010).contains(&left), "{left}");
    vm.set_fuel(Some(0));
    assert!(vm.exec("for i in range(3): pass").expect_err("none left").is_limit());
    vm.set_fuel(None);
    vm.exec("for i in range(1000000): pass").expect("no limit");
}

fn vm_left(vm: &mut Vm) -> u64 {
    vm.fuel_left().expect("counted")
}

#[test]
fn interrupts_end_loops_and_built_ins() {
    let mut vm = config().build().expect("a machine");
    let handle = vm.interrupt_handle().expect("a handle");
    for script in STUBBORN.iter().chain(&["sleep(100)", "Event().wait(100)", "list(iter(int, 1))", "x = 3**(10**8)"]) {
        let h = handle.clone();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            h.interrupt();
        });
        ends(&mut vm, Limit::Interrupted, script);
        thread.join().expect("a thread that ends");
    }
}

#[test]
fn heap_limit_ends_scripts() {
    const MIB: usize = 1 << 20;
    let mut vm = config().heap_limit(32 * MIB).build().expect("a machine");
    for script in [
        "x = []\nwhile True: x.append([])",
        "x = []\nwhile True:\n    try:\n        while True: x.append('a' * 1000)\n    except BaseException: pass",
        "x = 'a'\nwhile True: x += x",
        "x = b'a'\nwhile True: x += x",
        "x = [0]\nwhile True: x = x + x",
        "x = (0,)\nwhile True: x = x + x",
        "x = {}\nn = 0\nwhile True:\n    x[n] = n\n    n += 1",
        "x = set()\nn = 0\nwhile True:\n    x.add(n)\n    n += 1",
        "x = 'x' * 10**10",
        "x = 'x' * 10**9",
        "x = [0] * 10**9",
        "x = (0,) * 10**8",
        "x = b'x' * 10**10",
        "x = bytearray(10**9)",
        "x = bytes(10**9)",
        "x = list(range(10**9))",
        "x = list(iter(int, 1))",
        "x = set(range(10**9))",
        "x = ''.join('x' for n in iter(int, 1))",
        "x = 1 << 10**9",
        "x = 10**10**8",
        "x = 1\nwhile True: x <<= 8000000",
        "x = bytearray()\nwhile True: x.extend(b'abc' * 1000)",
        "class C: pass\nx = C()\nwhile True:\n    y = C()\n    y.next = x\n    x = y",
        "def f(n):\n    x = [0] * 1000\n    return f(n + 1)\nimport sys\nsys.setrecursionlimit(10**9)\nf(0)",
        "import io\nx = io.StringIO()\nwhile True: x.write('abc' * 1000)",
        "import io\nx = io.BytesIO()\nwhile True: x.write(b'abc' * 1000)",
        "x = [lambda: n for n in iter(int, 1)]",
        "x = [spawn(Event().wait) for n in iter(int, 1)]",
    ] {
        ends(&mut vm, Limit::Heap, script);
        assert!(vm.heap_bytes() < 200 * MIB, "{} MiB: {script}", vm.heap_bytes() >> 20);
        vm.enter(|cx| {
            cx.exec("x = y = None")?;
            cx.collect_garbage();
            Ok(())
        })
        .expect("a machine that works");
    }
    // A single request for text that is larger than the whole limit is refused.
    for expression in ["'a'.ljust(10**9)", "'%1000000000d' % 1", "f'{1:1000000000}'", "('a' * 10**6).replace('a', 'b' * 10**6)", "'\\t'.expandtabs(10**9)"] {
        let e = vm.exec(expression).expect_err(expression);
        assert!(e.is_limit() || e.class() == "MemoryError", "{expression}: {e}");
    }
    // Garbage does not count. (The greenlets that the last script left parked do.)
    let mut vm = config().heap_limit(32 * MIB).build().expect("a machine");
    vm.exec("for n in range(1000): x = 'a' * 10**6").expect("garbage");
    vm.exec("for n in range(300000): x = [n, [n]]").expect("garbage");
}

#[test]
fn greenlets_are_counted() {
    let mut vm = config().greenlet_limit(100).build().expect("a machine");
    vm.exec("for n in range(1000): spawn(sleep).join()").expect("one after the other");
    vm.exec("joinall([spawn(sleep, 0) for n in range(99)])").expect("99 at a time");
    ends(&mut vm, Limit::Greenlets, "while True: spawn(Event().wait)");
    assert!(vm.exec("spawn(Event().wait)\nwhile True: pass").expect_err("still open").is_limit());
}

#[test]
fn parked_greenlets_stay_parked() {
    let mut vm = config().fuel(10_000).build().expect("a machine");
    vm.exec("log = []\ne = Event()\ndef work(n):\n    e.wait()\n    log.append(n)\nfor n in range(3): spawn(work, n)\nsleep(0)").expect("spawned");
    ends(&mut vm, Limit::Fuel, "while True: pass");
    vm.set_fuel(Some(10_000));
    vm.exec("e.set()").expect("set");
    vm.run_until_idle().expect("idle");
    assert_eq!(vm.eval::<Vec<i64>>("log").expect("a list"), [0, 1, 2]);
}

#[test]
fn a_host_function_cannot_hide_a_limit() {
    let mut vm = config().fuel(10_000).build().expect("a machine");
    vm.register("swallow", |cx: &mut gscript::Context<'_>| {
        let _ = cx.exec("while True: pass");
    });
    ends(&mut vm, Limit::Fuel, "swallow()\nwhile True: pass");
    vm.set_fuel(Some(10_000));
    ends(&mut vm, Limit::Fuel, "swallow()");
}

#[test]
fn on_the_command_line() {
    let run = |args: &[&str]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_gscript")).args(args).output().expect("the binary");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let stubborn = "print('begins')\nwhile True:\n    try:\n        while True: x = [0] * 1000\n    finally:\n        continue";
    for (option, message) in [("--fuel=1000", "out of fuel"), ("--deadline=0.2", "deadline of 0.2 s exceeded")] {
        let (code, out, err) = run(&[option, "-c", stubborn]);
        assert_eq!((code, out.as_str()), (Some(1), "begins\n"), "{err}");
        assert!(err.ends_with(&format!("gscript.LimitExceeded: {message}\n")), "{err}");
    }
    let (code, _, err) = run(&["--max-heap", "16M", "-c", "x = []\nwhile True: x.append([])"]);
    assert!(code == Some(1) && err.ends_with("heap limit of 16777216 bytes exceeded\n"), "{err}");
    let (code, _, err) = run(&["--max-greenlets", "5", "-c", "while True: spawn(Event().wait)"]);
    assert!(code == Some(1) && err.ends_with("more than 5 open greenlets\n"), "{err}");
    assert_eq!(run(&["--fuel=100000", "--max-heap=1G", "-c", "print(sum(range(10)))"]).1, "45\n");
}
