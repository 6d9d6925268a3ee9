//! Running programs: what is executed, as what, and with which exit status the process ends.

use std::io::{Read, Write};
use std::path::Path;

use gscript_compiler::{Kind, NameMode};
use gscript_vm::machine::Machine;
use gscript_vm::object::dict::Dict;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

use crate::options::{Options, Program};
use crate::plain::Plain;
use crate::repl::{self, Lines};
use crate::terminal::Terminal;
use crate::uncaught::{finish, report, report_and_go_on};
use crate::{check, closed};

/// Exit status after a defect of the machine: no Python program ends so.
const INTERNAL_ERROR: i32 = 70;

/// How the process is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Status(i32),
    /// An uncaught KeyboardInterrupt: the process dies of SIGINT.
    Interrupt,
}

/// Why a program did not end by itself.
enum Stop {
    Raised(Raised),
    /// What is wrong has been shown: it never ran.
    Refused(i32),
}

impl From<Raised> for Stop {
    fn from(r: Raised) -> Stop {
        Stop::Raised(r)
    }
}

/// Runs what the options name as `__main__`, to its end: uncaught exceptions are shown and everything is written out.
pub fn run_script(machine: &mut Machine, options: &Options) -> Ending {
    let ended = machine.run(|cx| {
        gscript_stdlib::install(cx);
        if let Err(e) = gscript_stdlib::signal::take_over(cx) {
            let _ = writeln!(std::io::stderr(), "gscript: Ctrl-C cannot be caught: {e}");
        }
        let ending = run_all(cx, options).unwrap_or_else(|r| report(cx, r));
        finish(cx, ending)
    });
    ended.unwrap_or_else(|defect| {
        let _ = writeln!(std::io::stderr(), "gscript: internal error: {defect}");
        Ending::Status(INTERNAL_ERROR)
    })
}

/// The program, and the prompt if it is wanted.
fn run_all(cx: &mut Cx, options: &Options) -> Result<Ending> {
    set_up(cx, options)?;
    let globals = main_module(cx)?;
    if !repl::is_wanted(options) {
        return match run_program(cx, options, globals) {
            Ok(()) => Ok(Ending::Status(0)),
            Err(Stop::Raised(r)) => Err(r),
            Err(Stop::Refused(status)) => Ok(Ending::Status(status)),
        };
    }
    let has_program = !matches!(options.program, Program::Prompt | Program::Stdin);
    if !has_program && !options.flags.is_quiet {
        repl::show(cx, &repl::banner());
    }
    repl::install_helpers(cx);
    if has_program {
        match run_program(cx, options, globals) {
            Ok(()) | Err(Stop::Refused(_)) => {}
            Err(Stop::Raised(r)) => report_and_go_on(cx, r),
        }
    } else if let Some(file) = options.variable("PYTHONSTARTUP") {
        if let Err(Stop::Raised(r)) = run_file(cx, &file, globals) {
            report_and_go_on(cx, r);
        }
    }
    let mut lines = lines(cx);
    Ok(repl::run(cx, &mut *lines, globals))
}

/// The editor where there is a terminal to edit on.
fn lines(cx: &mut Cx) -> Box<dyn Lines> {
    let is_terminal = |n| gscript_stdlib::platform::fd::is_terminal(n);
    let is_dumb = matches!(std::env::var("TERM").as_deref(), Err(_) | Ok("" | "dumb"));
    if is_terminal(0) && is_terminal(1) && !is_dumb {
        if let Some(t) = Terminal::new() {
            return Box::new(t);
        }
        repl::show(cx, "gscript: no line editing here\n");
    }
    Box::new(Plain::default())
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
        // The folder itself, where its `__main__` is run.
        Program::File(f) if program_file(f).is_ok_and(|inner| inner.is_some()) => absolute(f),
        Program::File(f) => {
            // The folder of what a link points to, as CPython.
            let real = std::fs::canonicalize(f).unwrap_or_else(|_| f.into());
            real.parent().map_or(String::new(), |p| p.to_string_lossy().into_owned())
        }
        Program::Module(_) => std::env::current_dir().map_or(String::new(), |p| p.to_string_lossy().into_owned()),
        _ => String::new(),
    };
    let mut path = Vec::new();
    if !options.flags.is_isolated && !options.flags.has_safe_path {
        path.push(first);
    }
    if let Some(more) = options.variable("PYTHONPATH") {
        path.extend(more.split(':').filter(|p| !p.is_empty()).map(absolute));
    }
    let executable = std::env::current_exe().map_or(String::new(), |p| p.to_string_lossy().into_owned());
    let orig_argv: Vec<String> = std::env::args_os().map(|a| a.to_string_lossy().into_owned()).collect();
    gscript_stdlib::sys::set_up(
        cx,
        &gscript_stdlib::sys::Setup {
            argv: &argv,
            orig_argv: &orig_argv,
            path: &path,
            executable: &executable,
            is_unbuffered: options.is_unbuffered,
            warn_options: &options.warn_options,
            x_options: &options.x_options,
            flags: options.flags,
            missing_streams: closed::at_start(),
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

fn run_program(cx: &mut Cx, options: &Options, globals: Gc<Dict>) -> std::result::Result<(), Stop> {
    match &options.program {
        Program::File(file) => run_file(cx, file, globals),
        Program::Text(text) => run_text(cx, text, "<string>", globals),
        Program::Module(name) => run_module(cx, name, globals),
        Program::Stdin | Program::Prompt => {
            let mut bytes = Vec::new();
            if let Err(e) = std::io::stdin().read_to_end(&mut bytes) {
                return Err(cx.io_error(&e, None).into());
            }
            let text = cx.decode_source(&bytes, "<stdin>")?;
            run_text(cx, &text, "<stdin>", globals)
        }
    }
}

fn run_text(cx: &mut Cx, text: &str, filename: &str, globals: Gc<Dict>) -> std::result::Result<(), Stop> {
    let code = match cx.compile_text(text, filename, Kind::Module, NameMode::Globals) {
        Ok(code) => code,
        Err(r) => return Err(refuse(cx, text, filename, r)),
    };
    cx.run_code(code, globals, None)?;
    Ok(())
}

/// Shows what is wrong with the text of the program, with all its errors. What is no fault of the text stays an exception.
fn refuse(cx: &mut Cx, text: &str, filename: &str, r: Raised) -> Stop {
    let e = cx.take_pending(r);
    if !cx.is_instance(e, cx.types.syntax_error) {
        return Stop::Raised(cx.reraise(e));
    }
    let errors = check::errors(text, filename);
    if errors.is_empty() {
        return Stop::Raised(cx.reraise(e));
    }
    let shown = check::render(filename, text, &errors, 2);
    repl::show(cx, &shown);
    Stop::Refused(1)
}

/// The `__main__` of a folder; `None` for a file.
///
/// # Errors
/// The folder has none.
fn program_file(file: &str) -> std::result::Result<Option<String>, ()> {
    if !Path::new(file).is_dir() {
        return Ok(None);
    }
    let inner = ["__main__.gs", "__main__.py"].map(|name| Path::new(file).join(name)).into_iter().find(|p| p.is_file());
    inner.map(|p| Some(p.to_string_lossy().into_owned())).ok_or(())
}

fn run_file(cx: &mut Cx, file: &str, globals: Gc<Dict>) -> std::result::Result<(), Stop> {
    let Ok(inner) = program_file(file) else {
        return Err(complain(&format!("can't find '__main__' module in '{}'", absolute(file)), 1));
    };
    if inner.is_some() {
        let package = cx.str("").value();
        cx.dict_set_text(globals, "__package__", package);
    }
    let path = absolute(inner.as_deref().unwrap_or(file));
    let bytes = match std::fs::read(&path) {
        Ok(b) => b,
        Err(e) => {
            let number = e.raw_os_error().unwrap_or(0);
            let what = gscript_vm::exception::raise::os_error_text(number);
            return Err(complain(&format!("can't open file '{path}': [Errno {number}] {what}"), 2));
        }
    };
    let name = cx.str(&path).value();
    cx.dict_set_text(globals, "__file__", name);
    cx.dict_set_text(globals, "__cached__", Value::NONE);
    let text = cx.decode_source(&bytes, &path)?;
    run_text(cx, &text, &path, globals)
}

/// Says on standard error why there is nothing to run, as CPython.
fn complain(what: &str, status: i32) -> Stop {
    let executable = std::env::args().next().unwrap_or_else(|| "gscript".to_string());
    let _ = std::io::stderr().write_all(format!("{executable}: {what}\n").as_bytes());
    Stop::Refused(status)
}

/// The path behind the working folder, not simplified.
fn absolute(path: &str) -> String {
    match std::env::current_dir() {
        Ok(dir) if !path.starts_with('/') => format!("{}/{path}", dir.to_string_lossy()),
        _ => path.to_string(),
    }
}

/// `-m NAME`: the module, or the `__main__` of a package.
fn run_module(cx: &mut Cx, name: &str, globals: Gc<Dict>) -> std::result::Result<(), Stop> {
    let (file, package) = match find_module(cx, name)? {
        Found::File(file, package) => (absolute(&file), package),
        Found::Package => {
            return Err(complain(&format!("No module named {name}.__main__; '{name}' is a package and cannot be directly executed"), 1));
        }
        Found::Nothing => return Err(complain(&format!("No module named {name}"), 1)),
    };
    if let Some(argv) = cx.sys_value("argv") {
        let shown = cx.str(&file).value();
        cx.set_item(argv, Value::int32(0), shown)?;
    }
    let package = cx.str(&package).value();
    cx.dict_set_text(globals, "__package__", package);
    run_file(cx, &file, globals)
}

enum Found {
    /// A file to run, and its package.
    File(String, String),
    /// A package without `__main__`.
    Package,
    Nothing,
}

fn find_module(cx: &mut Cx, name: &str) -> Result<Found> {
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
    let shown = |p: &Path| p.to_string_lossy().into_owned();
    for dir in &dirs {
        let base = Path::new(if dir.is_empty() { "." } else { dir }).join(last);
        let part = |stem: &str| ["gs", "py"].map(|ext| base.join(format!("{stem}.{ext}"))).into_iter().find(|p| p.is_file());
        if part("__init__").is_some() {
            cx.import_absolute(name)?;
            return Ok(part("__main__").map_or(Found::Package, |main| Found::File(shown(&main), name.to_string())));
        }
        let file = ["gs", "py"].map(|ext| base.with_file_name(format!("{last}.{ext}"))).into_iter().find(|p| p.is_file());
        if let Some(file) = file {
            return Ok(Found::File(shown(&file), package.to_string()));
        }
    }
    Ok(Found::Nothing)
}

fn strings(cx: &mut Cx, v: Value) -> Result<Vec<String>> {
    let items = cx.tuple_from_iterable(v)?;
    Ok(items.items().iter().filter_map(|v| v.as_str_object()).map(|s| s.lossy().into_owned()).collect())
}
