//! `sys`: the machine as scripts see it (library reference, "System-specific parameters and functions").

use gscript_macros::module;
use gscript_vm::object::simple::Module;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use crate::record;

record!(VERSION_INFO, "sys", "version_info", "Version information as a named tuple.", [major, minor, micro, releaselevel, serial]);
record!(
    FLAGS,
    "sys",
    "flags",
    "Flags provided through command line arguments or environment vars.",
    [
        debug,
        inspect,
        interactive,
        optimize,
        dont_write_bytecode,
        no_user_site,
        no_site,
        ignore_environment,
        verbose,
        bytes_warning,
        quiet,
        hash_randomization,
        isolated,
        dev_mode,
        utf8_mode,
        warn_default_encoding,
        safe_path,
        int_max_str_digits
    ]
);
record!(
    FLOAT_INFO,
    "sys",
    "float_info",
    "A named tuple holding information about the float type.",
    [max, max_exp, max_10_exp, min, min_exp, min_10_exp, dig, mant_dig, epsilon, radix, rounds]
);
record!(
    INT_INFO,
    "sys",
    "int_info",
    "A named tuple that holds information about integers.",
    [bits_per_digit, sizeof_digit, default_max_str_digits, str_digits_check_threshold]
);
record!(
    HASH_INFO,
    "sys",
    "hash_info",
    "A named tuple with parameters of the hashes of numbers and strings.",
    [width, modulus, inf, nan, imag, algorithm, hash_bits, seed_bits, cutoff]
);
record!(THREAD_INFO, "sys", "thread_info", "A named tuple holding information about the thread implementation.", [name, lock, version]);

/// The version of Python whose meaning programs have.
const VERSION: [i64; 3] = [3, 11, 7];

/// How the command line was called.
pub struct Setup<'a> {
    pub argv: &'a [String],
    pub orig_argv: &'a [String],
    /// `sys.path`.
    pub path: &'a [String],
    pub executable: &'a str,
    /// `-u`
    pub is_unbuffered: bool,
    /// `-W`
    pub warn_options: &'a [String],
    /// `-X`: names with their values.
    pub x_options: &'a [(String, Option<String>)],
    pub flags: Flags,
    /// Standard streams that the process was started without.
    pub missing_streams: [bool; 3],
}

/// What `sys.flags` shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-i`
    pub is_interactive: bool,
    /// `-O`
    pub optimize: u8,
    /// `-s`
    pub no_user_site: bool,
    /// `-S`
    pub no_site: bool,
    /// `-E`
    pub ignores_environment: bool,
    /// `-v`
    pub verbose: u8,
    /// `-b`
    pub bytes_warning: u8,
    /// `-q`
    pub is_quiet: bool,
    /// `-I`
    pub is_isolated: bool,
    /// `-P`
    pub has_safe_path: bool,
}

/// Imports `sys` and fills in what the command line knows. The standard streams are opened.
pub fn set_up(cx: &mut Cx, setup: &Setup<'_>) -> Result<()> {
    let sys = cx.import_absolute("sys")?;
    let Some(dict) = sys.as_gc::<Module>().and_then(|m| m.dict.get()) else {
        return Ok(());
    };
    for (name, texts) in [("argv", setup.argv), ("orig_argv", setup.orig_argv), ("path", setup.path)] {
        let list = string_list(cx, texts);
        cx.dict_set_text(dict, name, list);
    }
    let executable = cx.str(setup.executable).value();
    cx.dict_set_text(dict, "executable", executable);
    cx.dict_set_text(dict, "_base_executable", executable);
    crate::io::open_standard_streams(cx, dict, setup.is_unbuffered, setup.missing_streams)?;
    let list = string_list(cx, setup.warn_options);
    cx.dict_set_text(dict, "warnoptions", list);
    let options = cx.dict_new();
    for (name, value) in setup.x_options {
        let value = value.as_ref().map_or(Value::TRUE, |v| cx.str(v).value());
        cx.dict_set_text(options, name, value);
    }
    cx.dict_set_text(dict, "_xoptions", options.value());
    if setup.flags != Flags::default() {
        let flags = flags(cx, &setup.flags);
        cx.dict_set_text(dict, "flags", flags);
    }
    cx.set_optimization(setup.flags.optimize);
    Ok(())
}

/// Sets `sys.argv` and `sys.path`.
pub fn set_arguments(cx: &mut Cx, argv: &[String], path: &[String]) -> Result<()> {
    let sys = cx.import_absolute("sys")?;
    let Some(dict) = sys.as_gc::<Module>().and_then(|m| m.dict.get()) else { return Ok(()) };
    for (name, texts) in [("argv", argv), ("path", path)] {
        let list = string_list(cx, texts);
        cx.dict_set_text(dict, name, list);
    }
    Ok(())
}

fn string_list(cx: &mut Cx, texts: &[String]) -> Value {
    let list = cx.list_new();
    for t in texts {
        let s = crate::io::fs_str(cx, t.as_bytes());
        cx.list_push(list, s);
    }
    list.value()
}

fn flags(cx: &mut Cx, f: &Flags) -> Value {
    let class = FLAGS.class(cx);
    let number = |b: bool| Value::int32(b as i32);
    let level = |n: u8| Value::int32(n as i32);
    // In the order of the fields, above.
    let items = [
        number(false),
        number(f.is_interactive),
        number(f.is_interactive),
        level(f.optimize),
        number(true),
        number(f.no_user_site || f.is_isolated),
        number(f.no_site),
        number(f.ignores_environment || f.is_isolated),
        level(f.verbose),
        level(f.bytes_warning),
        number(f.is_quiet),
        number(true),
        number(f.is_isolated),
        Value::FALSE,
        number(false),
        number(false),
        Value::bool(f.has_safe_path || f.is_isolated),
        Value::int32(-1),
    ];
    FLAGS.make(cx, class, &items, &[]).value()
}

/// The frame `depth` calls out of the function that asks.
fn frame_at(cx: &mut Cx, depth: i64) -> Result<Value> {
    match gscript_vm::object::frame::frame_object(cx, depth.max(0) as usize) {
        Some(f) => Ok(f),
        None => Err(cx.value_error("call stack is not deep enough")),
    }
}

/// The text of an uncaught exception, written to `sys.stderr`.
pub fn show_exception(cx: &mut Cx, e: Value) -> Result<()> {
    let mut text = cx.format_exception(e);
    let own = cx.sys_value("stderr").is_some_and(|s| cx.sys_value("__stderr__") == Some(s));
    if own && crate::colour::is_wanted(2) {
        text = crate::colour::traceback(&text);
    }
    crate::io::write_stderr(cx, &text)
}

/// Says that an exception left a greenlet, as gevent's hub does.
pub fn report_error(cx: &mut Cx, context: Value, e: Value) {
    let mut out = cx.format_exception(e);
    let shown = if context.is_none() {
        Ok(())
    } else {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
        out.extend_from_slice(crate::platform::process::utc_text(now).as_bytes());
        out.push(b' ');
        let r = cx.push_repr(&mut out, context);
        let class = cx.type_name(e);
        out.extend_from_slice(format!(" failed with {class}\n\n").as_bytes());
        r
    };
    let written = shown.and_then(|()| match cx.exception_stream() {
        Some(stream) => {
            let text = cx.str_from_bytes(&out).value();
            cx.call_method(stream, "write", &[text])?;
            match cx.try_attr_text(stream, "flush")? {
                Some(flush) => cx.call(flush, &[]).map(drop),
                None => Ok(()),
            }
        }
        None => crate::io::write_stderr(cx, &out),
    });
    if let Err(r) = written {
        cx.take_pending(r);
    }
}

/// `sys.version`.
fn version_text() -> String {
    format!("{}.{}.{} (gscript {}) [Rust]", VERSION[0], VERSION[1], VERSION[2], env!("CARGO_PKG_VERSION"))
}

/// Sizes of objects as CPython counts them, for programs that print them.
fn size_of(cx: &mut Cx, v: Value) -> Result<i64> {
    use gscript_vm::object::{bytes::ByteArray, bytes::Bytes, dict::Dict, int::IntRef, int::int_ref, list::List, set::Set, str::Str, tuple::Tuple};
    if let Some(b) = v.as_bool() {
        return Ok(24 + 4 * b as i64);
    }
    if let Some(i) = int_ref(v) {
        let bits = match i {
            IntRef::Small(i) => 64 - i.unsigned_abs().leading_zeros() as i64,
            IntRef::Big(b) => b.bits() as i64,
        };
        return Ok(24 + 4 * ((bits + 29) / 30).max(0));
    }
    Ok(if v.as_float().is_some() {
        24
    } else if v.is_none() {
        16
    } else if let Some(s) = v.as_gc::<Str>() {
        let chars = s.char_len() as i64;
        if s.is_ascii() {
            49 + chars
        } else {
            let widest = gscript_vm::text::utf8::code_points(s.bytes()).max().unwrap_or(0);
            match widest {
                0..=0xFF => 73 + chars,
                0x100..=0xFFFF => 74 + 2 * chars,
                _ => 76 + 4 * chars,
            }
        }
    } else if let Some(b) = v.as_gc::<Bytes>() {
        33 + b.len() as i64
    } else if let Some(b) = v.as_gc::<ByteArray>() {
        if b.is_empty() { 56 } else { 57 + b.len() as i64 }
    } else if let Some(l) = v.as_gc::<List>() {
        56 + 8 * l.len() as i64
    } else if let Some(t) = v.as_gc::<Tuple>() {
        40 + 8 * t.len() as i64
    } else if let Some(d) = v.as_gc::<Dict>() {
        if d.is_empty() { 64 } else { 184 + 104 * (d.len() as i64 / 6) }
    } else if v.as_gc::<Set>().is_some() {
        216
    } else if v.as_gc::<gscript_vm::object::class::Type>().is_some() {
        1064
    } else {
        let name = cx.intern("__sizeof__");
        let class = cx.class_of(v);
        match cx.lookup(class, name) {
            Some(_) => {
                let n = cx.call_method(v, "__sizeof__", &[])?;
                n.as_int().unwrap_or(48)
            }
            None => 48,
        }
    })
}

/// A simple attribute-based namespace.
///
/// SimpleNamespace(**kwargs)
#[gscript_macros::class("types.SimpleNamespace", kind = Instance, flags = HAS_DICT)]
pub mod namespace {
    use gscript_vm::convert::Kwargs;
    use gscript_vm::object::class::Type;
    use gscript_vm::object::dict::Dict;
    use gscript_vm::object::instance::Instance;
    use gscript_vm::object::str::Str;
    use gscript_vm::value::{Gc, Value};
    use gscript_vm::vm::{Cx, Result};

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(cx.instance(class).value())
    }

    #[method(name = "__init__", "*args, **kwargs")]
    fn init(cx: &mut Cx, this: Gc<Instance>, args: &[Value], kwargs: Kwargs<'_>) -> Result<()> {
        if !args.is_empty() {
            return Err(cx.type_error("no positional arguments expected"));
        }
        for (name, v) in kwargs {
            let name = cx.intern_str(name);
            cx.set_own_attribute(this.header(), name, v);
        }
        Ok(())
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<Instance>) -> Result<Gc<Str>> {
        cx.check_stack()?;
        let class = cx.class_of(this.value());
        let native = cx.native_class(&NATIVE);
        let mut out = if class == native { b"namespace".to_vec() } else { class.name_text().into_bytes() };
        out.push(b'(');
        let dict: Gc<Dict> = cx.attribute_dict(this.header());
        let (mut at, mut is_first) = (0, true);
        while let Some((k, v)) = dict.next(&mut at) {
            if !std::mem::take(&mut is_first) {
                out.extend_from_slice(b", ");
            }
            if let Some(k) = k.as_str_object() {
                out.extend_from_slice(k.bytes());
            }
            out.push(b'=');
            cx.push_repr(&mut out, v)?;
        }
        out.push(b')');
        Ok(cx.str_from_bytes(&out))
    }

    #[method(name = "__eq__", "other, /")]
    fn eq(cx: &mut Cx, this: Gc<Instance>, other: Value) -> Result<Value> {
        let native = cx.native_class(&NATIVE);
        match other.as_gc::<Instance>() {
            Some(o) if cx.is_instance(other, native) => {
                let a = cx.attribute_dict(this.header()).value();
                let b = cx.attribute_dict(o.header()).value();
                Ok(Value::bool(cx.eq(a, b)?))
            }
            _ => Ok(Value::NOT_IMPLEMENTED),
        }
    }
}

/// This module provides access to some objects used or maintained by the
/// interpreter and to functions that interact strongly with the interpreter.
#[module("sys")]
pub mod module {
    use super::*;
    use gscript_vm::convert::Kwargs;
    use gscript_vm::object::str::Str;

    /// Exits the interpreter by raising SystemExit(status).
    #[function("status=None, /")]
    fn exit(cx: &mut Cx, status: Option<Value>) -> Result<Value> {
        let class = cx.types.system_exit.value();
        let args: &[Value] = match &status {
            Some(v) => std::slice::from_ref(v),
            None => &[],
        };
        // A tuple is taken for the arguments.
        let items = status.and_then(|v| v.as_gc::<gscript_vm::object::tuple::Tuple>());
        let e = cx.call(class, items.as_ref().map_or(args, |t| t.items()))?;
        Err(cx.raise_value(e))
    }

    /// Returns current exception information: (type, value, traceback).
    #[function("")]
    fn exc_info(cx: &mut Cx) -> Result<Value> {
        let items = match cx.handled_exception() {
            Some(e) => {
                let class = cx.class_of(e).value();
                let tb = e.as_gc::<gscript_vm::object::exception::Exception>().and_then(|e| e.traceback.get());
                [class, e, tb.unwrap_or(Value::NONE)]
            }
            None => [Value::NONE; 3],
        };
        Ok(cx.tuple(&items).value())
    }

    /// Returns the exception being handled, or None.
    #[function("")]
    fn exception(cx: &mut Cx) -> Result<Value> {
        Ok(cx.handled_exception().unwrap_or(Value::NONE))
    }

    /// Returns the current value of the recursion limit.
    #[function("")]
    fn getrecursionlimit(cx: &mut Cx) -> Result<i64> {
        Ok(cx.recursion_limit())
    }

    /// Sets the maximum depth of the stack of calls.
    #[function("limit, /")]
    fn setrecursionlimit(cx: &mut Cx, limit: i32) -> Result<()> {
        if limit < 1 {
            return Err(cx.value_error("recursion limit must be greater or equal than 1"));
        }
        if !cx.set_recursion_limit(limit as i64) {
            let depth = cx.recursion_depth();
            let class = cx.types.recursion_error;
            return Err(cx.raise(class, &format!("cannot set the recursion limit to {limit} at the recursion depth {depth}: the limit is too low")));
        }
        Ok(())
    }

    /// Enters a string into the table of interned strings and returns it.
    #[function("string, /")]
    fn intern(cx: &mut Cx, string: Gc<Str>) -> Result<Gc<Str>> {
        if !cx.is_exact(string.value(), cx.types.str) {
            let text = format!("can't intern {}", cx.type_name(string.value()));
            return Err(cx.type_error(text));
        }
        Ok(cx.intern_str(string))
    }

    /// Returns the size of an object in bytes, as CPython would count it.
    #[function("object, default=<unrepresentable>")]
    fn getsizeof(cx: &mut Cx, object: Value, default: Option<Value>) -> Result<i64> {
        let _ = default;
        size_of(cx, object)
    }

    /// Returns the number of references to an object; there is no such count here, so it is what a fresh object has.
    #[function("object, /")]
    fn getrefcount(object: Value) -> i64 {
        let _ = object;
        2
    }

    /// Returns the default encoding of strings.
    #[function("")]
    fn getdefaultencoding() -> &'static str {
        "utf-8"
    }

    /// Returns the encoding of file names.
    #[function("")]
    fn getfilesystemencoding() -> &'static str {
        "utf-8"
    }

    /// Returns the error handler of file names.
    #[function("")]
    fn getfilesystemencodeerrors() -> &'static str {
        "surrogateescape"
    }

    /// Returns the limit of digits in conversions between int and str.
    #[function("")]
    fn get_int_max_str_digits(cx: &mut Cx) -> Result<usize> {
        Ok(cx.int_digit_limit())
    }

    /// Sets the limit of digits in conversions between int and str; 0 removes it.
    #[function("maxdigits")]
    fn set_int_max_str_digits(cx: &mut Cx, maxdigits: i32) -> Result<()> {
        if maxdigits != 0 && maxdigits < 640 {
            return Err(cx.value_error("maxdigits must be 0 or larger than 640"));
        }
        cx.set_int_digit_limit(maxdigits as usize);
        Ok(())
    }

    /// Prints an object to sys.stdout and saves it in builtins._
    #[function("object, /")]
    fn displayhook(cx: &mut Cx, object: Value) -> Result<()> {
        if object.is_none() {
            return Ok(());
        }
        let builtins = cx.builtins_dict();
        cx.dict_set_text(builtins, "_", Value::NONE);
        let text = cx.repr(object)?;
        cx.print(&[text.value()], None, None, None, false)?;
        cx.dict_set_text(builtins, "_", object);
        Ok(())
    }

    /// What breakpoint() calls: `pdb.set_trace`, where there is such a module.
    #[function("*args, **kws")]
    fn breakpointhook(cx: &mut Cx, args: &[Value], kws: Kwargs<'_>) -> Result<Value> {
        let debugger = match cx.import_absolute("pdb") {
            Ok(module) => module,
            Err(r) if cx.pending_is(cx.types.import_error) => {
                cx.take_pending(r);
                let text = b"RuntimeWarning: Ignoring unimportable $PYTHONBREAKPOINT: \"pdb.set_trace\"\n";
                crate::io::write_stderr(cx, text)?;
                return Ok(Value::NONE);
            }
            Err(r) => return Err(r),
        };
        let set_trace = cx.get_attr_text(debugger, "set_trace")?;
        cx.call_passing(set_trace, args, kws)
    }

    /// Prints an exception with its traceback to sys.stderr.
    #[function("exctype, value, traceback, /")]
    fn excepthook(cx: &mut Cx, exctype: Value, value: Value, traceback: Value) -> Result<()> {
        let _ = exctype;
        if let Some(e) = value.as_gc::<gscript_vm::object::exception::Exception>() {
            if !traceback.is_none() && e.traceback.get().is_none_or(|t| t.is_none()) {
                e.traceback.set(e, Some(traceback));
            }
        }
        show_exception(cx, value)
    }

    /// Shows an exception that cannot be raised.
    #[function("unraisable, /")]
    fn unraisablehook(cx: &mut Cx, unraisable: Value) -> Result<()> {
        let e = cx.get_attr_text(unraisable, "exc_value")?;
        let object = cx.get_attr_text(unraisable, "object")?;
        let message = cx.get_attr_text(unraisable, "err_msg")?;
        let mut out = match message.as_str_object() {
            Some(m) => m.bytes().to_vec(),
            None => b"Exception ignored in".to_vec(),
        };
        out.extend_from_slice(b": ");
        cx.push_repr(&mut out, object)?;
        out.push(b'\n');
        let text = cx.format_exception(e);
        out.extend_from_slice(&text);
        crate::io::write_stderr(cx, &out)
    }

    /// Returns a frame object from the call stack.
    #[function("depth=0, /")]
    fn _getframe(cx: &mut Cx, depth: Option<i32>) -> Result<Value> {
        frame_at(cx, depth.unwrap_or(0) as i64)
    }

    /// Returns whether the interpreter is shutting down.
    #[function("")]
    fn is_finalizing() -> bool {
        false
    }

    /// Returns the interval between switches of threads, in seconds.
    #[function("")]
    fn getswitchinterval(cx: &mut Cx) -> Result<f64> {
        Ok(cx.extension::<State>().switch_interval.unwrap_or(0.005))
    }

    /// Sets the interval between switches of threads.
    #[function("interval, /")]
    fn setswitchinterval(cx: &mut Cx, interval: f64) -> Result<()> {
        if interval <= 0.0 {
            return Err(cx.value_error("switch interval must be strictly positive"));
        }
        cx.extension::<State>().switch_interval = Some(interval);
        Ok(())
    }

    /// Returns the trace function; there is none.
    #[function("")]
    fn gettrace() {}

    /// Returns the profiling function; there is none.
    #[function("")]
    fn getprofile() {}

    /// Removes the trace function. Tracing is not supported.
    #[function("function, /")]
    fn settrace(cx: &mut Cx, function: Value) -> Result<()> {
        if function.is_none() { Ok(()) } else { Err(cx.not_implemented_error("sys.settrace is not supported")) }
    }

    /// Removes the profiling function. Profiling is not supported.
    #[function("function, /")]
    fn setprofile(cx: &mut Cx, function: Value) -> Result<()> {
        if function.is_none() { Ok(()) } else { Err(cx.not_implemented_error("sys.setprofile is not supported")) }
    }

    /// Passes an event to the audit hooks; there are none.
    #[function("event, /, *args")]
    fn audit(event: Gc<Str>, args: &[Value]) {
        let _ = (event, args);
    }

    /// Returns the number of memory blocks in use.
    #[function("")]
    fn getallocatedblocks() -> i64 {
        0
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        super::fill(cx, module)
    }
}

/// `exit` and `quit`: functions that say how to leave when they are shown.
#[gscript_macros::class("_sitebuiltins.Quitter")]
pub mod quitter {
    use gscript_vm::object::native::Native;
    use gscript_vm::value::Value;
    use gscript_vm::vm::{Cx, Result};

    /// The body.
    pub struct Quitter(pub &'static str);

    impl Native for Quitter {}

    #[method(name = "__call__", "code=None")]
    fn call(cx: &mut Cx, this: &Quitter, code: Option<Value>) -> Result<Value> {
        let _ = this;
        let class = cx.types.system_exit.value();
        let e = cx.call(class, &[code.unwrap_or(Value::NONE)])?;
        Err(cx.raise_value(e))
    }

    #[method(name = "__repr__", "")]
    fn repr(this: &Quitter) -> String {
        format!("Use {}() or Ctrl-D (i.e. EOF) to exit", this.0)
    }

    #[getter]
    fn name(this: &Quitter) -> &'static str {
        this.0
    }
}

/// Puts `exit` and `quit` among the built-ins.
pub fn install_exit(cx: &mut Cx, builtins: Gc<gscript_vm::object::dict::Dict>) {
    let class = cx.native_class(&quitter::NATIVE);
    for name in ["exit", "quit"] {
        let v = gscript_vm::object::native::NativeObject::alloc(cx, class, Box::new(quitter::Quitter(name))).value();
        cx.dict_set_text(builtins, name, v);
    }
}

/// What `sys` remembers.
#[derive(Default)]
struct State {
    switch_interval: Option<f64>,
}

impl gscript_vm::extension::Extension for State {}

fn fill(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
    let dict = module.dict.expect();
    let put = |cx: &mut Cx, name: &str, v: Value| cx.dict_set_text(dict, name, v);
    let modules = cx.modules_dict().value();
    put(cx, "modules", modules);
    for (name, text) in [
        ("byteorder", if cfg!(target_endian = "little") { "little" } else { "big" }),
        ("platform", "linux"),
        ("copyright", "Copyright (c) the gscript authors."),
        ("float_repr_style", "short"),
        ("prefix", "/usr"),
        ("exec_prefix", "/usr"),
        ("base_prefix", "/usr"),
        ("base_exec_prefix", "/usr"),
        ("platlibdir", "lib"),
        ("abiflags", ""),
        ("executable", ""),
    ] {
        let v = cx.str(text).value();
        put(cx, name, v);
    }
    let version = cx.str(&version_text()).value();
    put(cx, "version", version);
    for (name, i) in
        [("maxsize", i64::MAX), ("maxunicode", 0x10FFFF), ("hexversion", VERSION[0] << 24 | VERSION[1] << 16 | VERSION[2] << 8 | 0xF0), ("api_version", 1013)]
    {
        let v = cx.int(i);
        put(cx, name, v);
    }
    put(cx, "dont_write_bytecode", Value::TRUE);
    put(cx, "pycache_prefix", Value::NONE);
    for name in ["argv", "orig_argv", "path", "path_hooks", "meta_path", "warnoptions"] {
        let v = cx.list_new().value();
        put(cx, name, v);
    }
    for name in ["path_importer_cache", "_xoptions"] {
        let v = cx.dict_new().value();
        put(cx, name, v);
    }
    let names = cx.list_new();
    for n in crate::module_names() {
        let n = cx.intern(n).value();
        cx.list_push(names, n);
    }
    let names = cx.list_to_tuple(names).value();
    put(cx, "builtin_module_names", names);
    let class = cx.types.frozenset;
    let set = cx.set_of(class, true);
    cx.set_update_from(set, names)?;
    put(cx, "stdlib_module_names", set.value());

    let class = VERSION_INFO.class(cx);
    let (a, b, c, level) = (cx.int(VERSION[0]), cx.int(VERSION[1]), cx.int(VERSION[2]), cx.str("final").value());
    let info = VERSION_INFO.make(cx, class, &[a, b, c, level, Value::int32(0)], &[]).value();
    put(cx, "version_info", info);
    let flags = flags(cx, &Flags::default());
    put(cx, "flags", flags);
    let class = FLOAT_INFO.class(cx);
    let items = [
        cx.float(f64::MAX),
        cx.int(1024),
        cx.int(308),
        cx.float(f64::MIN_POSITIVE),
        cx.int(-1021),
        cx.int(-307),
        cx.int(15),
        cx.int(53),
        cx.float(f64::EPSILON),
        cx.int(2),
        cx.int(1),
    ];
    let v = FLOAT_INFO.make(cx, class, &items, &[]).value();
    put(cx, "float_info", v);
    let class = INT_INFO.class(cx);
    let v = INT_INFO.make(cx, class, &[30, 4, 4300, 640].map(Value::int32), &[]).value();
    put(cx, "int_info", v);
    let class = HASH_INFO.class(cx);
    let algorithm = cx.str("siphash13").value();
    let items = [cx.int(64), cx.int((1 << 61) - 1), cx.int(314_159), cx.int(0), cx.int(1_000_003), algorithm, cx.int(64), cx.int(128), cx.int(0)];
    let v = HASH_INFO.make(cx, class, &items, &[]).value();
    put(cx, "hash_info", v);
    let class = THREAD_INFO.class(cx);
    let (name, lock, version) = (cx.str("pthread").value(), cx.str("semaphore").value(), cx.str("").value());
    let v = THREAD_INFO.make(cx, class, &[name, lock, version], &[]).value();
    put(cx, "thread_info", v);

    let class = cx.native_class(&namespace::NATIVE);
    let implementation = cx.instance(class);
    let (name, tag, multiarch) = (cx.str("gscript").value(), cx.str("gscript-311").value(), cx.str("x86_64-linux-gnu").value());
    let hex = cx.int(0x030B_07F0);
    for (key, v) in [("name", name), ("cache_tag", tag), ("version", info), ("hexversion", hex), ("_multiarch", multiarch)] {
        let key = cx.intern(key);
        cx.set_own_attribute(implementation.header(), key, v);
    }
    put(cx, "implementation", implementation.value());
    for name in ["displayhook", "excepthook", "unraisablehook"] {
        let key = cx.intern(name);
        if let Some(v) = cx.dict_get_str(dict, key) {
            put(cx, &format!("__{name}__"), v);
        }
    }
    for name in ["stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"] {
        put(cx, name, Value::NONE);
    }
    Ok(())
}
