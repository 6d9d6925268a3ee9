//! The library as a Rust host uses it: values, functions, errors, handles, greenlets, machines on threads.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Write;
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use gscript::{Bytes, Config, Context, Error, ErrorKind, Exception, Handle, Rest, Stdio, Vm};

#[derive(Clone, Default)]
struct Captured(Rc<RefCell<Vec<u8>>>);

impl Captured {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).expect("text")
    }
}

impl Write for Captured {
    fn write(&mut self, data: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(data)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn quiet() -> (Vm, Captured, Captured) {
    let (out, err) = (Captured::default(), Captured::default());
    let vm = Config::new().stdout(out.clone()).stderr(err.clone()).build().expect("a machine");
    (vm, out, err)
}

fn ok<T>(r: Result<T, Error>) -> T {
    r.unwrap_or_else(|e| panic!("{e:?}"))
}

#[test]
fn values_cross() {
    let mut vm = Vm::new();
    assert_eq!(ok(vm.eval::<i64>("2**62 + 1")), 4611686018427387905);
    assert_eq!(ok(vm.eval::<u64>("2**64 - 1")), u64::MAX);
    assert_eq!(ok(vm.eval::<i128>("-2**100")), -(1i128 << 100));
    assert_eq!(ok(vm.eval::<f64>("7")), 7.0);
    assert_eq!(ok(vm.eval::<bool>("1 < 2")), true);
    assert_eq!(ok(vm.eval::<char>("'ä'")), 'ä');
    assert_eq!(ok(vm.eval::<()>("None")), ());
    assert_eq!(ok(vm.eval::<Option<i64>>("None")), None);
    assert_eq!(ok(vm.eval::<Vec<Option<f64>>>("(1, None, 2.5)")), vec![Some(1.0), None, Some(2.5)]);
    assert_eq!(ok(vm.eval::<Vec<u8>>("b'abc'")), b"abc".to_vec());
    assert_eq!(ok(vm.eval::<[i64; 3]>("range(3)")), [0, 1, 2]);
    assert_eq!(ok(vm.eval::<(i64, String, f64)>("(1, 'x', .5)")), (1, "x".to_string(), 0.5));
    assert_eq!(ok(vm.eval::<HashMap<String, Vec<i64>>>("{'a': [1], 'b': []}")), HashMap::from([("a".into(), vec![1]), ("b".into(), vec![])]));
    assert_eq!(ok(vm.eval::<HashSet<i64>>("{1, 2, 2}")), HashSet::from([1, 2]));
    assert_eq!(ok(vm.eval::<Bytes>("bytearray(b'x')")), Bytes(b"x".to_vec()));

    for (text, wanted) in [
        ("'1'", "the value must be int, not str"),
        ("1.0", "the value must be int, not float"),
        ("None", "the value must be int, not None"),
        ("2**63", "the value is out of range for i64"),
    ] {
        let e = vm.eval::<i64>(text).unwrap_err();
        assert_eq!((e.kind(), e.message()), (ErrorKind::Conversion, wanted));
    }
    assert_eq!(vm.eval::<Vec<i64>>("'12'").unwrap_err().message(), "the value must be list, not str");
    assert_eq!(vm.eval::<(i64, i64)>("[1]").unwrap_err().message(), "the value must be a tuple of 2 items, not list");
    assert_eq!(vm.eval::<String>("'\\ud800'").unwrap_err().kind(), ErrorKind::Conversion);

    vm.set("d", BTreeMap::from([("k", vec![(1, "x")]), ("l", vec![])])).expect("set");
    vm.set("big", u128::MAX).expect("set");
    assert_eq!(ok(vm.eval::<String>("repr((d, big))")), "({'k': [(1, 'x')], 'l': []}, 340282366920938463463374607431768211455)".to_string());
    assert_eq!(vm.call::<String>("sorted", (vec!["b", "a"],)).unwrap_err().kind(), ErrorKind::Conversion);
    assert_eq!(ok(vm.call::<Vec<String>>("sorted", (vec!["b", "a"],))), vec!["a".to_string(), "b".to_string()]);
    let e = vm.get::<i64>("nothing").unwrap_err();
    assert_eq!((e.class(), e.message()), ("NameError", "name 'nothing' is not defined"));
}

#[test]
fn functions_of_the_host() {
    let (mut vm, _, _) = quiet();
    vm.register("none", || ());
    vm.register("join", |a: &str, b: &str| format!("{a}{b}"));
    vm.register("sum8", |a: i8, b: u8, c: i16, d: u16, e: i32, f: u32, g: i64, h: u64| {
        i64::from(a) + i64::from(b) + i64::from(c) + i64::from(d) + i64::from(e) + i64::from(f) + g + h as i64
    });
    vm.register("optional", |a: i64, b: Option<i64>, c: Option<String>| (a, b, c));
    vm.register("rest", |first: String, others: Rest<i64>| (first, others.0));
    vm.register("swap", |pair: (i64, String)| (pair.1, pair.0));
    vm.register("keys", |map: BTreeMap<String, f64>| map.into_keys().collect::<Vec<_>>());
    vm.register("same", |h: Handle| h);
    vm.register("flag", |b: bool| !b);
    fn plain(text: &str, n: usize) -> String {
        text.repeat(n)
    }
    vm.register("plain", plain);
    let result: String = ok(vm.eval("repr((none(), join('a', 'b'), sum8(-1, 2, 3, 4, 5, 6, 7, 8), optional(1), optional(1, None, 'x')))"));
    assert_eq!(result, "(None, 'ab', 34, (1, None, None), (1, None, 'x'))");
    let result: String = ok(vm.eval("repr((rest('a'), rest('a', 1, 2), swap((1, 'x')), keys({'b': 1, 'a': 2.5}), flag(True), plain('ab', 2)))"));
    assert_eq!(result, "(('a', []), ('a', [1, 2]), ('x', 1), ['a', 'b'], False, 'abab')");
    assert!(ok(vm.eval::<bool>("same(join) is join and same.__name__ == 'same' and callable(same)")));
    for (call, message) in [
        ("none(1)", "none() takes exactly 0 arguments (1 given)"),
        ("join('a')", "join() takes exactly 2 arguments (1 given)"),
        ("join('a', 5)", "join() argument 2 must be str, not int"),
        ("join(a='a', b='b')", "join() takes no keyword arguments"),
        ("optional()", "optional() takes at least 1 argument (0 given)"),
        ("optional(1, 2, 'x', 3)", "optional() takes at most 3 arguments (4 given)"),
        ("rest('a', 1, 'b')", "rest() argument 3 must be int, not str"),
        ("sum8(200, 0, 0, 0, 0, 0, 0, 0)", "sum8() argument 1 is out of range for i8"),
        ("sum8(0, -1, 0, 0, 0, 0, 0, 0)", "sum8() argument 2 is out of range for u8"),
        ("flag(1)", "flag() argument 1 must be bool, not int"),
        ("plain('x', -1)", "plain() argument 2 is out of range for usize"),
    ] {
        assert_eq!(vm.eval::<Handle>(call).unwrap_err().message(), message, "{call}");
    }
    assert_eq!(vm.eval::<Handle>("flag(1)").unwrap_err().class(), "TypeError");
    assert_eq!(vm.eval::<Handle>("plain('x', -1)").unwrap_err().class(), "OverflowError");
    vm.register("a.b.c", |n: i64| n + 1);
    ok(vm.exec("import a.b\nfrom a.b import c\nassert c(1) == a.b.c(1) == 2"));
}

#[test]
fn functions_call_back() {
    let (mut vm, _, _) = quiet();
    let depth = Rc::new(Cell::new(0));
    let seen = Rc::clone(&depth);
    vm.register("again", move |cx: &mut Context<'_>, n: i64| -> Result<i64, Error> {
        seen.set(seen.get() + 1);
        if n == 0 { Ok(0) } else { Ok(1 + cx.call::<i64>("again", (n - 1,))?) }
    });
    assert_eq!(ok(vm.call::<i64>("again", (20,))), 20);
    assert_eq!(depth.get(), 21);
    // As deep as it likes: RecursionError, not a crash; also from the small stack of a greenlet.
    let e = vm.call::<i64>("again", (10_000_000,)).unwrap_err();
    assert_eq!(e.class(), "RecursionError");
    ok(vm.exec("g = spawn(again, 10_000_000)\njoinall([g])\nassert isinstance(g.exception, RecursionError)"));

    // A host function may wait; others run meanwhile.
    vm.register("pause", |cx: &mut Context<'_>| cx.exec("sleep(0)"));
    ok(vm.exec("log = []\ng = spawn(lambda: log.append('other'))\npause()\nlog.append('main')"));
    assert_eq!(ok(vm.eval::<Vec<String>>("log")), ["other", "main"]);

    // A machine inside a host function of another one, on the main stack and on a greenlet's.
    vm.register("inner", |source: String| -> Result<i64, Error> { Vm::new().eval(&source) });
    assert_eq!(ok(vm.eval::<i64>("inner('sum(range(101))')")), 5050);
    ok(vm.exec("g = spawn(inner, '[[n] for n in range(10)][9][0]')\njoinall([g])\nassert g.value == 9, g.exception"));
    let text = "def f(n): return f(n + 1)\ntry: f(0)\nexcept RecursionError: x = 7";
    vm.register("inner_exec", move || -> Result<i64, Error> {
        let mut vm = Vm::new();
        vm.exec(text)?;
        vm.get("x")
    });
    ok(vm.exec("g = spawn(inner_exec)\njoinall([g])\nassert g.value == 7, g.exception"));
}

#[test]
fn errors_of_the_host_are_exceptions() {
    let (mut vm, _, _) = quiet();
    vm.exec("class Mine(Exception):\n    def __init__(self, text):\n        super().__init__(text)\n        self.code = 7").unwrap();
    vm.register("fail", |how: &str| -> Result<(), Box<dyn std::error::Error>> {
        match how {
            "io" => Err(std::fs::read("/no/such/file").unwrap_err().into()),
            "parse" => Err("x".parse::<i32>().unwrap_err().into()),
            "class" => Err(Exception::new("KeyError", "k").into()),
            "mine" => Err(Exception::new("Mine", "m").into()),
            "unknown" => Err(Exception::new("NoSuchError", "u").into()),
            "int" => Err(Exception::new("int", "5").into()),
            _ => Ok(()),
        }
    });
    vm.register("text", |_n: Option<i64>| -> Result<i64, &'static str> { Err("just text") });
    vm.register("panics", |what: &str| -> i64 { panic!("oh {what}") });
    vm.register("through", |cx: &mut Context<'_>, f: Handle| -> Result<(), Error> { cx.call_handle(&f, ()) });
    ok(vm.exec(
        "
def caught(f, *args):
    try:
        f(*args)
    except Exception as e:
        return f'{type(e).__name__}: {e}', e
texts = [caught(fail, how)[0] for how in ('io', 'parse', 'class', 'mine', 'unknown', 'int')]
texts += [caught(text)[0], caught(panics, 'no')[0]]
assert isinstance(caught(fail, 'io')[1], FileNotFoundError)
assert caught(fail, 'mine')[1].code == 7
original = Mine('original')
def raises(): raise original
assert caught(through, raises)[1] is original
def exits(): raise SystemExit(3)
",
    ));
    assert_eq!(
        ok(vm.get::<Vec<String>>("texts")),
        [
            "FileNotFoundError: [Errno 2] No such file or directory",
            "RuntimeError: invalid digit found in string",
            "KeyError: 'k'",
            "Mine: m",
            "RuntimeError: NoSuchError: u",
            "RuntimeError: int: 5",
            "RuntimeError: just text",
            "SystemError: the host function panics() panicked: oh no",
        ]
    );
    let exits = vm_handle(&mut vm, "exits");
    assert_eq!(vm.call::<()>("through", (exits,)).unwrap_err().kind(), ErrorKind::Exit(3));
    // The machine is as it was.
    assert_eq!(ok(vm.eval::<i64>("1 + 1")), 2);
}

fn vm_handle(vm: &mut Vm, name: &str) -> Handle {
    ok(vm.get(name))
}

#[test]
fn errors_of_the_script_are_told() {
    let (mut vm, _, err) = quiet();
    let e = vm.exec("x = 1\nif x:\n    y = (1,\n").unwrap_err();
    assert_eq!((e.kind(), e.class()), (ErrorKind::Syntax { is_incomplete: true }, "SyntaxError"));
    let e = vm.exec("x = = 1").unwrap_err();
    assert_eq!((e.kind(), e.message()), (ErrorKind::Syntax { is_incomplete: false }, "invalid syntax (<exec>, line 1)"));
    let e = vm.exec_named("job.gs", "def f(d):\n    return d['k']\ntry:\n    f({})\nexcept KeyError as e:\n    raise ValueError('no') from e").unwrap_err();
    assert_eq!((e.kind(), e.class(), e.message()), (ErrorKind::Exception, "ValueError", "no"));
    assert_eq!(
        e.to_string(),
        r#"Traceback (most recent call last):
  File "job.gs", line 4, in <module>
    f({})
  File "job.gs", line 2, in f
    return d['k']
           ~^^^^^
KeyError: 'k'

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "job.gs", line 6, in <module>
    raise ValueError('no') from e
ValueError: no"#
    );
    assert_eq!(e.traceback(), e.to_string());
    assert_eq!(vm.exec("class E(Exception):\n    def __str__(self): return 1 / 0\nraise E").unwrap_err().message(), "");
    assert_eq!(vm.exec("raise SystemExit('bye')").unwrap_err().kind(), ErrorKind::Exit(1));
    assert_eq!(vm.exec("import sys\nsys.exit()").unwrap_err().kind(), ErrorKind::Exit(0));
    assert_eq!(vm.exec("from gevent import Timeout\nraise Timeout(1)").unwrap_err().class(), "gevent.timeout.Timeout");
    assert_eq!(vm.exec("raise KeyboardInterrupt").unwrap_err().class(), "KeyboardInterrupt");
    // A greenlet that fails is reported, and only that.
    ok(vm.exec("g = spawn(lambda: 1 / 0)\njoinall([g])"));
    assert!(err.text().contains("ZeroDivisionError: division by zero"), "{}", err.text());
    assert!(err.text().contains("failed with ZeroDivisionError"), "{}", err.text());
    // Errors go to other threads.
    let e = vm.exec("1 / 0").unwrap_err();
    assert_eq!(std::thread::spawn(move || e.message().to_string()).join().unwrap(), "division by zero");
}

#[test]
fn handles_keep_values() {
    let (mut vm, _, _) = quiet();
    ok(vm.exec("import sys\nclass C:\n    def __init__(self, n): self.n = n"));
    let handles: Vec<Handle> = (0..1000).map(|n| ok(vm.eval(&format!("C({n})")))).collect();
    let copies = handles.clone();
    drop(handles);
    ok(vm.exec("junk = [[n] for n in range(200_000)]\ndel junk"));
    ok(vm.enter(|cx| {
        cx.collect_garbage();
        for (n, h) in copies.iter().enumerate() {
            assert_eq!(cx.get_attr::<usize>(h, "n")?, n);
            cx.set_attr(h, "n", n + 1)?;
        }
        Ok(())
    }));
    vm.set("kept", copies[5].clone()).unwrap();
    assert_eq!(ok(vm.eval::<i64>("kept.n")), 6);
    assert!(copies[5].is(&ok(vm.get("kept"))) && !copies[5].is(&copies[6]));
    // Of another machine, alive or gone.
    let mut other = Vm::new();
    let e = other.set("x", &copies[0]).unwrap_err();
    assert_eq!((e.class(), e.message()), ("RuntimeError", "the value belongs to another machine"));
    drop(vm);
    assert!(other.enter(|cx| cx.call_handle::<()>(&copies[0], ())).is_err());
    drop(copies);
}

#[test]
fn greenlets_go_on() {
    let (mut vm, out, _) = quiet();
    ok(vm.exec("def count(n):\n    for i in range(n):\n        print(i)\n        sleep(0)\nspawn(count, 5)\nspawn(count, 2)"));
    assert_eq!(out.text(), "");
    ok(vm.exec("sleep(0)"));
    assert_eq!(out.text(), "0\n0\n");
    ok(vm.run_until_idle());
    assert_eq!(out.text(), "0\n0\n1\n1\n2\n3\n4\n");

    let out = Captured::default();
    let mut vm = Config::new().allow_clock().virtual_clock().stdout(out.clone()).build().unwrap();
    ok(vm.exec("def tick(n):\n    for i in range(n):\n        sleep(60)\n        print(i)\nspawn(tick, 3)"));
    ok(vm.run_until_idle());
    assert_eq!(out.text(), "");
    assert!(!ok(vm.run_until_done(Some(Duration::from_secs(70)))));
    assert_eq!(out.text(), "0\n");
    assert!(ok(vm.run_until_done(None)));
    assert_eq!(out.text(), "0\n1\n2\n");
    // Nothing can wake it: LoopExit, and the machine goes on.
    let e = vm.exec("Event().wait()").unwrap_err();
    assert_eq!(e.class(), "gevent.exceptions.LoopExit");
    assert_eq!(ok(vm.eval::<i64>("1")), 1);
}

#[test]
fn a_machine_that_goes_ends_its_greenlets() {
    let (mut vm, out, _) = quiet();
    let token = Rc::new(());
    let kept = Rc::clone(&token);
    vm.register("hold", move || Rc::strong_count(&kept) as i64);
    ok(vm.exec(
        "
def waits(name):
    try:
        Event().wait()
    finally:
        print(name, 'ended')
def stays():
    while True:
        try:
            Event().wait()
        except GreenletExit:
            print('stays')
for n in 'ab': spawn(waits, n)
spawn(stays)
sleep(0)
",
    ));
    drop(vm);
    assert_eq!(out.text(), "a ended\nb ended\nstays\n");
    assert_eq!(Rc::strong_count(&token), 1);
}

fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("statm");
    statm.split(' ').nth(1).and_then(|n| n.parse::<usize>().ok()).expect("pages") * 4096
}

#[test]
fn dropped_machines_leave_nothing() {
    let one = || {
        let (mut vm, _, _) = quiet();
        vm.register("host", |n: i64| vec![n; 10]);
        ok(vm.exec("import json, re\ndata = [host(n) for n in range(100)]\njson.dumps(data)\nre.findall('a+', 'aab')\nfor n in range(5): spawn(Event().wait)\nsleep(0)"));
        let handle: Handle = ok(vm.eval("data"));
        drop(vm);
        drop(handle);
    };
    for _ in 0..100 {
        one();
    }
    let before = resident();
    for _ in 0..900 {
        one();
    }
    let grown = resident().saturating_sub(before);
    assert!(grown < 4 << 20, "{} KiB more after 900 machines", grown >> 10);
}

#[test]
fn machines_on_threads() {
    let threads: Vec<_> = (0..8i64)
        .map(|n| {
            std::thread::spawn(move || {
                let mut vm = Vm::new();
                vm.register("n", move || n);
                ok(vm.exec("total = 0\ndef work(k):\n    global total\n    for i in range(1000):\n        total += n() * k\n        if i % 100 == 0: sleep(0)\njoinall([spawn(work, k) for k in range(10)])"));
                ok(vm.get::<i64>("total"))
            })
        })
        .collect();
    for (n, t) in threads.into_iter().enumerate() {
        assert_eq!(t.join().expect("a thread that ends"), n as i64 * 45_000);
    }
}

#[test]
fn streams_are_the_hosts() {
    let (mut vm, out, err) = quiet();
    ok(vm.exec("import sys\nprint('a', end='')\nsys.stdout.write('b\\n')\nsys.stdout.buffer.write(b'c\\n')\nprint('d', file=sys.stderr, flush=True)\nsys.stdout.writelines(['e', 'f'])\nassert not sys.stdout.isatty() and sys.stdin is None"));
    assert_eq!((out.text().as_str(), err.text().as_str()), ("ab\nc\nef", "d\n"));
    assert_eq!(vm.eval::<String>("input()").unwrap_err().class(), "RuntimeError");
    let mut vm = Config::new().stdio(Stdio::Null, Stdio::Null).argv(["prog", "x"]).build().unwrap();
    ok(vm.exec("import sys\nprint('nowhere')\nassert sys.argv == ['prog', 'x'] and sys.path == []"));
}

#[test]
fn examples_run() {
    let exe = std::env::current_exe().expect("a path");
    let folder = exe.parent().and_then(|p| p.parent()).expect("a target folder").join("examples");
    for (name, wanted) in [
        ("embed_hello", "HELLO WORLD\n"),
        ("embed_function", "sold: {\"milk\": 1, \"tea\": 4}, mean: 3\n"),
        (
            "embed_error",
            r#"the script saw: wrong code; invalid digit found in string
the host saw ZeroDivisionError: division by zero
Traceback (most recent call last):
  File "order.gs", line 4, in <module>
    total([])
  File "order.gs", line 2, in total
    return sum(items) / len(items)
           ~~~~~~~~~~~^~~~~~~~~~~~
ZeroDivisionError: division by zero
and then: deadline of 0.2 s exceeded (true)
"#,
        ),
        ("embed_threads", "machine 0: 161700\nmachine 1: 1313400\nmachine 2: 4455100\nmachine 3: 10586800\n"),
    ] {
        let output = Command::new(folder.join(name)).output().unwrap_or_else(|e| panic!("{name}: {e}; build the examples first"));
        assert_eq!(String::from_utf8_lossy(&output.stdout), wanted, "{name}");
    }
}
