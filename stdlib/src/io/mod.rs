//! `io`: files and streams (library reference, "Core tools for working with streams").
//!
//! | file | what |
//! |---|---|
//! | `stream.rs` | descriptors and buffers, shared by the objects over a file: nothing is lost when they are freed |
//! | `wait.rs` | reading and writing what may have to wait |
//! | `base.rs` | the abstract classes |
//! | `file.rs`, `buffered.rs`, `text.rs` | the three layers of a file |
//! | `pair.rs` | `BufferedRWPair` |
//! | `newline.rs` | line ends |
//! | `host.rs` | standard streams that a host receives |
//! | `memory.rs` | `BytesIO`, `StringIO` |
//! | `open.rs` | `open()` |

pub mod base;
pub mod buffered;
pub mod file;
pub mod host;
pub mod memory;
pub mod newline;
pub mod open;
pub mod pair;
pub mod screen;
pub mod stream;
pub mod text;
pub mod wait;

use gscript_macros::module;
use gscript_vm::extension::Extension;
use gscript_vm::heap::header::Kind;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::{HAS_ATTRIBUTE_WORD, HAS_DICT, IS_SCRIPT, Type};
use gscript_vm::object::dict::Dict;
use gscript_vm::object::function::Builtin;
use gscript_vm::object::native::{NativeObject, native};
use gscript_vm::types::ClassDef;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use buffered::Buffered;
use file::{FileIo, Mode};
use stream::OpenBuffers;
use text::{TextIo, TextOptions};

use crate::platform::fd;

/// The classes of this module in a machine.
#[derive(Clone, Copy)]
pub struct Classes {
    pub io_base: Gc<Type>,
    pub raw_base: Gc<Type>,
    pub buffered_base: Gc<Type>,
    pub text_base: Gc<Type>,
    pub file: Gc<Type>,
    pub reader: Gc<Type>,
    pub writer: Gc<Type>,
    pub random: Gc<Type>,
    pub pair: Gc<Type>,
    pub text: Gc<Type>,
    pub bytes_io: Gc<Type>,
    pub string_io: Gc<Type>,
    pub unsupported: Gc<Type>,
}

#[derive(Default)]
struct State {
    classes: Option<Classes>,
}

impl Extension for State {
    fn trace(&self, m: &mut Marker<'_>) {
        if let Some(c) = &self.classes {
            let all = [
                c.io_base,
                c.raw_base,
                c.buffered_base,
                c.text_base,
                c.file,
                c.reader,
                c.writer,
                c.random,
                c.pair,
                c.text,
                c.bytes_io,
                c.string_io,
                c.unsupported,
            ];
            for class in all {
                m.object(class);
            }
        }
    }
}

/// The classes, made at the first call.
pub fn classes(cx: &mut Cx) -> Result<Classes> {
    if let Some(c) = cx.extension::<State>().classes {
        return Ok(c);
    }
    let object = cx.types.object;
    let make = |cx: &mut Cx, module: &str, name: &str, base: Gc<Type>, defs: &[&'static ClassDef]| {
        let class = cx.new_builtin_class(module, name, Kind::Native, base, HAS_DICT | HAS_ATTRIBUTE_WORD, defs.first().copied());
        for d in &defs[1..] {
            cx.attach(class, d);
        }
        if let Some(d) = defs.last().filter(|d| !d.doc.is_empty()) {
            let doc = cx.str(d.doc).value();
            cx.dict_set_text(class.dict.expect(), "__doc__", doc);
        }
        class
    };
    let io_base = make(cx, "io", "IOBase", object, &[&base::io_base::CLASS]);
    let raw_base = make(cx, "io", "RawIOBase", io_base, &[&base::raw_base::CLASS]);
    let buffered_base = make(cx, "io", "BufferedIOBase", io_base, &[&base::buffered_base::CLASS]);
    let text_base = make(cx, "io", "TextIOBase", io_base, &[&base::text_base::CLASS]);
    let file = make(cx, "_io", "FileIO", raw_base, &[&file::file_io::CLASS]);
    use buffered::{common, random, reader, reading, writer, writing};
    let reader = make(cx, "_io", "BufferedReader", buffered_base, &[&common::CLASS, &reading::CLASS, &reader::CLASS]);
    let writer = make(cx, "_io", "BufferedWriter", buffered_base, &[&common::CLASS, &writing::CLASS, &writer::CLASS]);
    let random = make(cx, "_io", "BufferedRandom", buffered_base, &[&common::CLASS, &reading::CLASS, &writing::CLASS, &random::CLASS]);
    let pair = make(cx, "_io", "BufferedRWPair", buffered_base, &[&pair::pair::CLASS]);
    let text = make(cx, "_io", "TextIOWrapper", text_base, &[&text::class::CLASS]);
    let bytes_io = make(cx, "_io", "BytesIO", buffered_base, &[&memory::bytes_io::CLASS]);
    let string_io = make(cx, "_io", "StringIO", text_base, &[&memory::string_io::CLASS]);
    let unsupported = unsupported_class(cx)?;
    let c = Classes { io_base, raw_base, buffered_base, text_base, file, reader, writer, random, pair, text, bytes_io, string_io, unsupported };
    cx.extension::<State>().classes = Some(c);
    Ok(c)
}

/// `class UnsupportedOperation(OSError, ValueError)`.
fn unsupported_class(cx: &mut Cx) -> Result<Gc<Type>> {
    let name = cx.str("UnsupportedOperation").value();
    let bases = cx.tuple(&[cx.types.os_error.value(), cx.types.value_error.value()]).value();
    let dict = cx.dict_new();
    let module = cx.str("io").value();
    cx.dict_set_text(dict, "__module__", module);
    let meta = cx.types.type_.value();
    let class = cx.call(meta, &[name, bases, dict.value()])?;
    match class.as_gc::<Type>() {
        Some(c) => Ok(c),
        None => Err(cx.type_error("a class is expected")),
    }
}

/// Bytes of a file name or an argument as a string: what is no UTF-8 becomes surrogates (PEP 383).
pub fn fs_str(cx: &mut Cx, bytes: &[u8]) -> Value {
    let mut out = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        out.extend_from_slice(chunk.valid().as_bytes());
        for &b in chunk.invalid() {
            gscript_vm::text::utf8::push(&mut out, 0xDC00 + b as u32);
        }
    }
    cx.str_from_bytes(&out).value()
}

/// Writes text to a stream if it is a text stream of this module; else false. For `print`.
pub fn write_stream(cx: &mut Cx, stream: Value, text: &[u8]) -> Result<bool> {
    if cx.class_of(stream).has_flag(IS_SCRIPT) {
        return Ok(false);
    }
    let Some(file) = native::<TextIo>(stream) else {
        return Ok(memory::write_string_io(cx, stream, text)? || host::write_host_stream(cx, stream, text)?);
    };
    if !text.is_empty() {
        file.write(cx, text)?;
    }
    Ok(true)
}

/// Writes text to `sys.stderr`, or to descriptor 2 when there is none.
pub fn write_stderr(cx: &mut Cx, text: &[u8]) -> Result<()> {
    match cx.sys_value("stderr") {
        Some(v) if v.is_none() => Ok(()),
        Some(v) => {
            if !write_stream(cx, v, text)? {
                let s = cx.str_from_bytes(text).value();
                cx.call_method(v, "write", &[s])?;
            }
            cx.call_method(v, "flush", &[])?;
            Ok(())
        }
        None => {
            let _ = fd::write(2, text);
            Ok(())
        }
    }
}

/// Makes `sys.stdin`, `sys.stdout` and `sys.stderr`.
pub fn open_standard_streams(cx: &mut Cx, sys: Gc<Dict>, unbuffered: bool, missing: [bool; 3]) -> Result<()> {
    for (n, name) in [(0, "stdin"), (1, "stdout"), (2, "stderr")] {
        let v = if missing[n as usize] || fd::kind(n).is_err() { Value::NONE } else { standard_stream(cx, n, name, unbuffered)? };
        cx.dict_set_text(sys, name, v);
        cx.dict_set_text(sys, &format!("__{name}__"), v);
    }
    Ok(())
}

/// `PYTHONIOENCODING=encoding:errors`.
fn io_encoding() -> (Option<String>, Option<String>) {
    let Ok(v) = std::env::var("PYTHONIOENCODING") else {
        return (None, None);
    };
    let (encoding, errors) = v.split_once(':').unwrap_or((&v, ""));
    let part = |s: &str| (!s.is_empty()).then(|| s.to_string());
    (part(encoding), part(errors))
}

/// In the locale "C" CPython lets bytes through that are no UTF-8.
fn default_errors() -> &'static str {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(|n| std::env::var(n).ok()).find(|v| !v.is_empty());
    match locale.as_deref() {
        None | Some("C" | "POSIX" | "C.UTF-8" | "C.utf8" | "UTF-8") => "surrogateescape",
        Some(_) => "strict",
    }
}

fn standard_stream(cx: &mut Cx, n: i32, name: &str, unbuffered: bool) -> Result<Value> {
    let classes = classes(cx)?;
    let mode = Mode { reads: n == 0, writes: n != 0, ..Mode::default() };
    let number = Value::int32(n);
    let raw = file::open_file_io(cx, classes.file, number, mode, false, None)?;
    let shown = cx.str(&format!("<{name}>")).value();
    if let Some(f) = native::<FileIo>(raw.value()) {
        f.set_name(raw, shown);
    }
    let class = if n == 0 { classes.reader } else { classes.writer };
    let buffered = NativeObject::alloc(cx, class, Box::new(Buffered::default()));
    if let Some(b) = native::<Buffered>(buffered.value()) {
        let size = fd::kind(n).map_or(0, |k| k.block_size);
        let size = if mode.writes && size > 1 { size as usize } else { buffered::DEFAULT_SIZE };
        b.start(cx, buffered, raw.value(), size, mode.reads, mode.writes);
    }
    let text = NativeObject::alloc(cx, classes.text, Box::new(TextIo::default()));
    if let Some(t) = native::<TextIo>(text.value()) {
        let (encoding, errors) = io_encoding();
        let encoding = cx.str(encoding.as_deref().unwrap_or("utf-8")).value();
        let errors = if n == 2 { "backslashreplace".to_string() } else { errors.unwrap_or_else(|| default_errors().to_string()) };
        let errors = cx.str(&errors).value();
        let options = TextOptions {
            encoding: Some(encoding),
            errors: Some(errors),
            newline: if n == 0 { None } else { Some("\n") },
            is_line_buffered: n == 2 || fd::is_terminal(n),
            writes_through: unbuffered && n != 0,
        };
        t.start(cx, text, buffered.value(), &options)?;
        let mode = cx.str(if n == 0 { "r" } else { "w" }).value();
        t.set_mode(text, mode);
    }
    Ok(text.value())
}

/// Flushes `sys.stdout` and `sys.stderr`; errors are the caller's.
pub fn flush_standard_streams(cx: &mut Cx) -> Result<()> {
    for name in ["stderr", "stdout"] {
        let Some(v) = cx.sys_value(name).filter(|v| !v.is_none()) else {
            continue;
        };
        let closed = cx.try_attr_text(v, "closed")?;
        if let Some(c) = closed {
            if cx.truth(c)? {
                continue;
            }
        }
        cx.call_method(v, "flush", &[])?;
    }
    Ok(())
}

/// Forgets what `sys.stdout` could not write.
pub fn discard_standard_output(cx: &mut Cx) {
    if let Some(file) = cx.sys_value("stdout").and_then(native::<TextIo>) {
        file.discard();
    }
}

/// Writes out what is buffered for any file.
pub fn flush_everything(cx: &mut Cx) {
    OpenBuffers::flush_all(cx);
}

/// `input(prompt)`: from standard input; the prompt goes to standard output.
pub fn input(cx: &mut Cx, prompt: Option<Value>) -> Result<Value> {
    let mut get = |name: &str| cx.sys_value(name).filter(|v| !v.is_none());
    let (stdin, stdout, stderr) = (get("stdin"), get("stdout"), get("stderr"));
    let Some(stdin) = stdin else {
        return Err(cx.runtime_error("input(): lost sys.stdin"));
    };
    let Some(stdout) = stdout else {
        return Err(cx.runtime_error("input(): lost sys.stdout"));
    };
    if let Some(e) = stderr {
        cx.call_method(e, "flush", &[])?;
    }
    if let Some(p) = prompt {
        let end = cx.str("").value();
        cx.print(&[p], None, Some(end), Some(stdout), false)?;
    }
    cx.call_method(stdout, "flush", &[])?;
    let line = cx.call_method(stdin, "readline", &[])?;
    let Some(s) = line.as_str_object() else {
        return Err(cx.type_error("object.readline() returned non-string"));
    };
    if s.byte_len() == 0 {
        return Err(cx.eof_error("EOF when reading a line"));
    }
    let end = s.char_len() - s.bytes().ends_with(b"\n") as usize;
    Ok(cx.substring(s, 0, end).value())
}

/// The io module provides the Python interfaces to stream handling.
#[module("io")]
pub mod module {
    use super::*;
    use gscript_vm::object::simple::Module;
    use gscript_vm::object::str::Str;

    /// Opens file and returns a stream. Raises OSError upon failure.
    #[function("file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None")]
    fn open(
        cx: &mut Cx,
        file: Value,
        mode: Option<String>,
        buffering: Option<i32>,
        encoding: Option<Gc<Str>>,
        errors: Option<Gc<Str>>,
        newline: Option<String>,
        closefd: Option<bool>,
        opener: Option<Value>,
    ) -> Result<Value> {
        open_args(cx, file, mode, buffering, encoding, errors, newline, closefd, opener)
    }

    /// Opens the file with the intent to import its contents.
    #[function("path")]
    fn open_code(cx: &mut Cx, path: Value) -> Result<Value> {
        open_args(cx, path, Some("rb".to_string()), None, None, None, None, None, None)
    }

    /// Returns encoding, or "locale" if it is None.
    #[function("encoding, stacklevel=2, /")]
    fn text_encoding(cx: &mut Cx, encoding: Value, stacklevel: Option<i32>) -> Value {
        let _ = stacklevel;
        if encoding.is_none() { cx.str("locale").value() } else { encoding }
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        let c = classes(cx)?;
        let list =
            [c.io_base, c.raw_base, c.buffered_base, c.text_base, c.file, c.reader, c.writer, c.random, c.pair, c.text, c.bytes_io, c.string_io, c.unsupported];
        for class in list {
            let name = class.name.expect();
            cx.dict_set_str(dict, name, class.value());
        }
        for (name, i) in [("DEFAULT_BUFFER_SIZE", 8192), ("SEEK_SET", 0), ("SEEK_CUR", 1), ("SEEK_END", 2)] {
            cx.dict_set_text(dict, name, Value::int32(i));
        }
        let blocking = cx.types.blocking_io_error.value();
        cx.dict_set_text(dict, "BlockingIOError", blocking);
        Ok(())
    }
}

/// Closes what the built-in `open` gave when nothing can refer to it any more. As at the end of an object in CPython,
/// there is nobody to tell of errors. May run script code.
pub fn close_unstored(cx: &mut Cx, file: Value, opener: Value) -> Result<()> {
    let is_open = |b: Gc<Builtin>| module::MODULE.functions.iter().any(|f| f.name == "open" && std::ptr::eq(*f, b.def));
    if !opener.as_gc::<Builtin>().is_some_and(is_open) {
        return Ok(());
    }
    match cx.call_method(file, "close", &[]) {
        Err(r) if cx.pending_is(cx.types.exception) => {
            cx.take_pending(r);
            Ok(())
        }
        other => other.map(drop),
    }
}

#[expect(clippy::too_many_arguments, reason = "the arguments of open()")]
fn open_args(
    cx: &mut Cx,
    file: Value,
    mode: Option<String>,
    buffering: Option<i32>,
    encoding: Option<Gc<gscript_vm::object::str::Str>>,
    errors: Option<Gc<gscript_vm::object::str::Str>>,
    newline: Option<String>,
    closefd: Option<bool>,
    opener: Option<Value>,
) -> Result<Value> {
    forget_stack();
    open::open(
        cx,
        &open::OpenArgs {
            file,
            mode: mode.as_deref().unwrap_or("r"),
            buffering: buffering.unwrap_or(-1) as i64,
            encoding,
            errors,
            newline: newline.as_deref(),
            close_fd: closefd.unwrap_or(true),
            opener,
        },
    )
}

/// Overwrites the stack below: addresses of files left there by calls that ended would keep them alive when they are
/// forgotten and `OpenBuffers::settle`, called from here, looks for such files.
#[inline(never)]
fn forget_stack() {
    std::hint::black_box(&mut [0u64; 1024]);
}
