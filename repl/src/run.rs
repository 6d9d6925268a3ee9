//! Running programs: what is executed, as what, and with which exit status the process ends.

use std::io::{Read, Write};
use std::path::Path;

use gscript_compiler::{Kind, NameMode};
use gscript_vm::machine::Machine;
use gscript_vm::object::dict::Dict;
use gscript_vm::object::exception::Exception;
use gscript_vm::object::simple::Module;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

use crate::options::{Options, Program};

/// Exit status of CPython when the standard streams cannot be flushed at the end.
const FLUSH_FAILED: i32 = 120;

/// Exit status after a defect of the machine: no Python program ends so.
const INTERNAL_ERROR: i32 = 70;

/// How the process is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Status(i32),
    /// An uncaught KeyboardInterrupt: the process dies of SIGINT.
    Interrupt,
}

/// Runs what the options name as `__main__`, to its end: uncaught exceptions are shown and everything is written out.
pub fn run_script(machine: &mut Machine, options: &Options) -> Ending {
    let ended = machine.run(|cx| {
        gscript_stdlib::install(cx);
        let result = set_up(cx, options).and_then(|()| run_program(cx, options));
        let ending = match result {
            Ok(()) => Ending::Status(0),
            Err(r) => report(cx, r),
        };
        finish(cx, ending)
    });
    ended.unwrap_or_else(|defect| {
        let _ = writeln!(std::io::stderr(), "gscript: internal error: {defect}");
        Ending::Status(INTERNAL_ERROR)
    })
}

/// Fills `sys`.
fn set_up(cx: &mut Cx, options: &Options) -> Result<()> {
    let mut argv = vec![match &options.program {
        Program::File(f) => f.clone(),
        Program::Text(_) => "-c".to_string(),
        Program::Module(_) => "-m".to_string(),
        Program::Stdin => "-".to_string(),
        Program::Prompt => String::new(),
    }];
    argv.extend(options.args.iter().cloned());
    let first = match &options.program {
        Program::File(f) => {
            // The folder of what a link points to, as CPython.
            let real = std::fs::canonicalize(f).unwrap_or_else(|_| f.into());
            real.parent().map_or(String::new(), |p| p.to_string_lossy().into_owned())
        }
        Program::Module(_) => std::env::current_dir().map_or(String::new(), |p| p.to_string_lossy().into_owned()),
        _ => String::new(),
    };
    let mut path = vec![first];
    if let Ok(more) = std::env::var("PYTHONPATH") {
        path.extend(more.split(':').filter(|p| !p.is_empty()).map(str::to_string));
    }
    let executable = std::env::current_exe().map_or(String::new(), |p| p.to_string_lossy().into_owned());
    let orig_argv: Vec<String> = std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect();
    let is_unbuffered = options.is_unbuffered || std::env::var_os("PYTHONUNBUFFERED").is_some_and(|v| !v.is_empty());
    gscript_stdlib::sys::set_up(
        cx,
        &gscript_stdlib::sys::Setup {
            argv: &argv,
            orig_argv: &orig_argv,
            path: &path,
            executable: &executable,
            is_interactive: options.is_interactive,
            is_unbuffered,
        },
    )
}

/// The dict of a fresh `__main__`, entered into `sys.modules`.
pub fn main_module(cx: &mut Cx) -> Result<Gc<Dict>> {
    let name = cx.intern("__main__");
    let module = cx.module(name, None);
    cx.add_module(name, module.value());
    let dict = module.dict.expect();
    let builtins = cx.import_absolute("builtins")?;
    cx.dict_set_text(dict, "__builtins__", builtins);
    let annotations = cx.dict_new().value();
    cx.dict_set_text(dict, "__annotations__", annotations);
    Ok(dict)
}

fn run_program(cx: &mut Cx, options: &Options) -> Result<()> {
    let globals = main_module(cx)?;
    match &options.program {
        Program::File(file) => run_file(cx, file, globals),
        Program::Text(text) => run_text(cx, text, "<string>", globals),
        Program::Module(name) => run_module(cx, name, globals),
        Program::Stdin | Program::Prompt => {
            let mut bytes = Vec::new();
            if let Err(e) = std::io::stdin().read_to_end(&mut bytes) {
                return Err(cx.io_error(&e, None));
            }
            let text = cx.decode_source(&bytes, "<stdin>")?;
            run_text(cx, &text, "<stdin>", globals)
        }
    }
}

fn run_text(cx: &mut Cx, text: &str, filename: &str, globals: Gc<Dict>) -> Result<()> {
    let code = cx.compile_text(text, filename, Kind::Module, NameMode::Globals)?;
    cx.run_code(code, globals, None)?;
    Ok(())
}

/// The file of a program: a folder runs its `__main__`.
fn program_file(file: &str) -> String {
    if Path::new(file).is_dir() {
        for name in ["__main__.gs", "__main__.py"] {
            let inner = Path::new(file).join(name);
            if inner.is_file() {
                return inner.to_string_lossy().into_owned();
            }
        }
    }
    file.to_string()
}

fn run_file(cx: &mut Cx, file: &str, globals: Gc<Dict>) -> Result<()> {
    let path = absolute(&program_file(file));
    let bytes = match std::fs::read(&path) {
        Ok(b) => b,
        Err(e) => return Err(cannot_open(cx, &path, &e)),
    };
    let name = cx.str(&path).value();
    cx.dict_set_text(globals, "__file__", name);
    cx.dict_set_text(globals, "__cached__", Value::NONE);
    let text = cx.decode_source(&bytes, &path)?;
    run_text(cx, &text, &path, globals)
}

/// CPython says so on standard error and ends with 2.
fn cannot_open(cx: &mut Cx, path: &str, e: &std::io::Error) -> Raised {
    let executable = std::env::args().next().unwrap_or_else(|| "gscript".to_string());
    let number = e.raw_os_error().unwrap_or(0);
    let what = gscript_vm::exception::raise::os_error_text(number);
    let shown = format!("{executable}: can't open file '{path}': [Errno {number}] {what}\n");
    let _ = std::io::stderr().write_all(shown.as_bytes());
    let class = cx.types.system_exit.value();
    match cx.call(class, &[Value::int32(2)]) {
        Ok(e) => cx.raise_value(e),
        Err(r) => r,
    }
}

/// The path behind the working folder, not simplified.
fn absolute(path: &str) -> String {
    match std::env::current_dir() {
        Ok(dir) if !path.starts_with('/') => format!("{}/{path}", dir.to_string_lossy()),
        _ => path.to_string(),
    }
}

/// `-m NAME`: the module, or the `__main__` of a package.
fn run_module(cx: &mut Cx, name: &str, globals: Gc<Dict>) -> Result<()> {
    let Some(found) = find_module(cx, name)? else {
        let executable = std::env::args().next().unwrap_or_else(|| "gscript".to_string());
        let _ = std::io::stderr().write_all(format!("{executable}: No module named {name}\n").as_bytes());
        let class = cx.types.system_exit.value();
        let e = cx.call(class, &[Value::int32(1)])?;
        return Err(cx.raise_value(e));
    };
    let (file, package) = found;
    let file = absolute(&file);
    let list = cx.sys_value("argv");
    if let Some(argv) = list {
        let shown = cx.str(&file).value();
        cx.set_item(argv, Value::int32(0), shown)?;
    }
    let package = cx.str(&package).value();
    cx.dict_set_text(globals, "__package__", package);
    run_file(cx, &file, globals)
}

/// The file of a module to be run, and its package.
fn find_module(cx: &mut Cx, name: &str) -> Result<Option<(String, String)>> {
    let mut dirs = Vec::new();
    if let Some((parent, _)) = name.rsplit_once('.') {
        let module = cx.import_absolute(parent)?;
        if let Some(path) = cx.try_attr_text(module, "__path__")? {
            dirs = strings(cx, path)?;
        }
    } else if let Some(path) = cx.sys_value("path") {
        dirs = strings(cx, path)?;
    }
    let last = name.rsplit('.').next().unwrap_or(name);
    let package = name.rsplit_once('.').map_or("", |p| p.0);
    for dir in &dirs {
        let base = Path::new(if dir.is_empty() { "." } else { dir }).join(last);
        for ext in ["gs", "py"] {
            let main = base.join(format!("__main__.{ext}"));
            if main.is_file() && base.join(format!("__init__.{ext}")).is_file() {
                cx.import_absolute(name)?;
                return Ok(Some((main.to_string_lossy().into_owned(), name.to_string())));
            }
            let file = base.with_file_name(format!("{last}.{ext}"));
            if file.is_file() {
                return Ok(Some((file.to_string_lossy().into_owned(), package.to_string())));
            }
        }
    }
    Ok(None)
}

fn strings(cx: &mut Cx, v: Value) -> Result<Vec<String>> {
    let items = cx.tuple_from_iterable(v)?;
    Ok(items.items().iter().filter_map(|v| v.as_str_object()).map(|s| s.lossy().into_owned()).collect())
}

/// Shows an uncaught exception; the exit status it gives.
pub fn report(cx: &mut Cx, raised: Raised) -> Ending {
    let e = cx.take_pending(raised);
    if cx.is_ending() {
        return report_limit(cx, e);
    }
    if cx.is_instance(e, cx.types.system_exit) {
        return Ending::Status(exit_status(cx, e));
    }
    // What the program printed comes before the traceback.
    if let Err(r) = gscript_stdlib::io::flush_standard_streams(cx) {
        let _ = cx.take_pending(r);
        gscript_stdlib::io::discard_standard_output(cx);
    }
    if let Err(r) = show(cx, e) {
        let failed = cx.take_pending(r);
        if cx.is_instance(failed, cx.types.system_exit) {
            return Ending::Status(exit_status(cx, failed));
        }
        let mut text = b"Error in sys.excepthook:\n".to_vec();
        text.extend(cx.format_exception(failed));
        text.extend_from_slice(b"\nOriginal exception was:\n");
        text.extend(cx.format_exception(e));
        if let Err(r) = gscript_stdlib::io::write_stderr(cx, &text) {
            let _ = cx.take_pending(r);
        }
    }
    if cx.is_instance(e, cx.types.keyboard_interrupt) { Ending::Interrupt } else { Ending::Status(1) }
}

/// A limit has ended the program: nothing of it runs any more, hooks neither.
fn report_limit(cx: &mut Cx, e: Value) -> Ending {
    for shown in [gscript_stdlib::io::flush_standard_streams(cx), gscript_stdlib::sys::show_exception(cx, e)] {
        if let Err(r) = shown {
            let _ = cx.take_pending(r);
        }
    }
    Ending::Status(1)
}

/// Calls `sys.excepthook`.
fn show(cx: &mut Cx, e: Value) -> Result<()> {
    let Some(hook) = cx.sys_value("excepthook") else {
        return gscript_stdlib::sys::show_exception(cx, e);
    };
    let class = cx.class_of(e).value();
    let traceback = e.as_gc::<Exception>().and_then(|e| e.traceback.get()).unwrap_or(Value::NONE);
    let sys = cx.loaded_module("sys").and_then(|m| m.as_gc::<Module>()).and_then(|m| m.dict.get());
    if let Some(sys) = sys {
        cx.dict_set_text(sys, "last_type", class);
        cx.dict_set_text(sys, "last_value", e);
        cx.dict_set_text(sys, "last_traceback", traceback);
    }
    cx.call(hook, &[class, e, traceback])?;
    Ok(())
}

/// The status that SystemExit asks for; a code that is no number is printed.
fn exit_status(cx: &mut Cx, e: Value) -> i32 {
    let code = match cx.try_attr_text(e, "code") {
        Ok(c) => c.unwrap_or(Value::NONE),
        Err(r) => {
            let _ = cx.take_pending(r);
            Value::NONE
        }
    };
    if code.is_none() {
        return 0;
    }
    if let Some(b) = code.as_bool() {
        return b as i32;
    }
    if cx.is_instance(code, cx.types.int) {
        return match gscript_vm::object::int::int_ref(code) {
            Some(gscript_vm::object::int::IntRef::Small(i)) => i as i32 & 0xFF,
            _ => 0xFF,
        };
    }
    if let Err(r) = gscript_stdlib::io::flush_standard_streams(cx) {
        let _ = cx.take_pending(r);
    }
    let shown = cx.str_value(code).and_then(|s| {
        let mut text = s.bytes().to_vec();
        text.push(b'\n');
        gscript_stdlib::io::write_stderr(cx, &text)
    });
    if let Err(r) = shown {
        let _ = cx.take_pending(r);
    }
    1
}

/// Runs what was registered for the end and writes everything out.
fn finish(cx: &mut Cx, ending: Ending) -> Ending {
    let mut ending = ending;
    if let Some(atexit) = cx.loaded_module("atexit").filter(|_| !cx.is_ending()) {
        if let Err(r) = cx.call_method(atexit, "_run_exitfuncs", &[]) {
            let _ = report(cx, r);
        }
    }
    if let Err(r) = gscript_stdlib::io::flush_standard_streams(cx) {
        let e = cx.take_pending(r);
        let mut text = b"Exception ignored in: ".to_vec();
        if let Some(out) = cx.sys_value("stdout") {
            if let Err(r) = cx.push_repr(&mut text, out) {
                let _ = cx.take_pending(r);
            }
        }
        text.push(b'\n');
        text.extend(cx.format_exception(e));
        if let Err(r) = gscript_stdlib::io::write_stderr(cx, &text) {
            let _ = cx.take_pending(r);
        }
        ending = Ending::Status(FLUSH_FAILED);
        gscript_stdlib::io::discard_standard_output(cx);
    }
    gscript_stdlib::io::flush_everything(cx);
    ending
}

/// `--check FILE`: lists all errors of a file; the exit status.
pub fn check(file: &str) -> i32 {
    let bytes = match std::fs::read(file) {
        Ok(b) => b,
        Err(e) => {
            eprintln!("gscript: can't open file '{file}': {e}");
            return 2;
        }
    };
    let text = match gscript_grammar::decode_source(&bytes) {
        Ok(t) => t.into_owned(),
        Err(d) => {
            print_diagnostic(file, "", &d);
            return 1;
        }
    };
    let module = match gscript_grammar::parse_module(&text) {
        Ok(m) => m,
        Err(errors) => {
            for d in &errors {
                print_diagnostic(file, &text, d);
            }
            return 1;
        }
    };
    let options = gscript_compiler::Options { filename: std::rc::Rc::from(file), kind: Kind::Module, names: NameMode::Globals, source: &text };
    match gscript_compiler::compile_module(&module, &options) {
        Ok(_) => 0,
        Err(d) => {
            print_diagnostic(file, &text, &d);
            1
        }
    }
}

fn print_diagnostic(file: &str, text: &str, d: &gscript_grammar::Diagnostic) {
    let at = (d.span.start as usize).min(text.len());
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let line = text[..at].matches('\n').count() + 1;
    let column = text[start..at].chars().count() + 1;
    println!("{file}:{line}:{column}: {}", d.message);
}

/// `--dis FILE`: the bytecode of a file; the exit status.
pub fn disassemble(file: &str) -> i32 {
    let status = check(file);
    if status != 0 {
        return status;
    }
    let Ok(bytes) = std::fs::read(file) else {
        return 2;
    };
    let Ok(text) = gscript_grammar::decode_source(&bytes) else {
        return 1;
    };
    let Ok(module) = gscript_grammar::parse_module(&text) else {
        return 1;
    };
    let options = gscript_compiler::Options { filename: std::rc::Rc::from(file), kind: Kind::Module, names: NameMode::Globals, source: &text };
    let Ok(code) = gscript_compiler::compile_module(&module, &options) else {
        return 1;
    };
    let shown = gscript_compiler::disasm::disassemble(&code);
    // A closed pipe is no error: the reader has seen enough.
    let _ = std::io::stdout().write_all(shown.as_bytes());
    0
}
