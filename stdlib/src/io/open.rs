//! `open()`: a mode and options to a stack of streams.

use gscript_vm::object::native::{NativeObject, native};
use gscript_vm::object::str::Str;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::buffered::{Buffered, DEFAULT_SIZE};
use super::file::{FileIo, Mode, open_file_io, path_bytes};
use super::text::{TextIo, TextOptions};
use crate::platform::fd;

/// The arguments of `open`.
pub struct OpenArgs<'a> {
    pub file: Value,
    pub mode: &'a str,
    pub buffering: i64,
    pub encoding: Option<Gc<Str>>,
    pub errors: Option<Gc<Str>>,
    pub newline: Option<&'a str>,
    pub close_fd: bool,
    pub opener: Option<Value>,
}

/// A text mode such as `rt+`, as flags, and whether it is binary.
fn parse_mode(cx: &mut Cx, text: &str) -> Result<(Mode, bool)> {
    let mut m = Mode::default();
    let (mut is_text, mut is_binary) = (false, false);
    let mut kinds = 0;
    for (i, c) in text.char_indices() {
        if text[..i].contains(c) || !"xrwabt+".contains(c) {
            return Err(cx.value_error(format!("invalid mode: '{text}'")));
        }
        match c {
            'r' => m.reads = true,
            'w' => (m.writes, m.truncates) = (true, true),
            'a' => (m.writes, m.appends) = (true, true),
            'x' => (m.writes, m.creates) = (true, true),
            '+' => m.updates = true,
            't' => is_text = true,
            _ => is_binary = true,
        }
        kinds += "rwax".contains(c) as u32;
    }
    if is_text && is_binary {
        return Err(cx.value_error("can't have text and binary mode at once"));
    }
    if kinds != 1 {
        return Err(cx.value_error("must have exactly one of create/read/write/append mode"));
    }
    if m.updates {
        (m.reads, m.writes) = (true, true);
    }
    Ok((m, is_binary))
}

/// `open(…)`.
pub fn open(cx: &mut Cx, a: &OpenArgs<'_>) -> Result<Value> {
    let is_number = a.file.as_int().is_some() || a.file.as_bool().is_some();
    let file = if is_number || a.file.as_str_object().is_some() || cx.is_instance(a.file, cx.types.bytes) || cx.is_instance(a.file, cx.types.int) {
        a.file
    } else {
        // What has `__fspath__` becomes its text.
        let bytes = path_bytes(cx, a.file, "expected str, bytes or os.PathLike object")?;
        super::fs_str(cx, &bytes)
    };
    let (mode, is_binary) = parse_mode(cx, a.mode)?;
    if is_binary {
        for (is_given, what) in [(a.encoding.is_some(), "an encoding"), (a.errors.is_some(), "an errors"), (a.newline.is_some(), "a newline")] {
            if is_given {
                return Err(cx.value_error(format!("binary mode doesn't take {what} argument")));
            }
        }
    }
    let classes = super::classes(cx)?;
    let raw = open_file_io(cx, classes.file, file, mode, a.close_fd, a.opener)?;
    let number = native::<FileIo>(raw.value()).and_then(|f| f.file.borrow().as_ref().map(|f| f.fd())).unwrap_or(-1);
    let r = stack(cx, a, raw, mode, is_binary, number);
    if r.is_err() {
        // The file goes with the objects; closing it now makes its number free at once.
        if let Some(f) = native::<FileIo>(raw.value()) {
            if let Some(f) = &*f.file.borrow() {
                let _ = f.close();
            }
        }
    }
    r
}

fn stack(cx: &mut Cx, a: &OpenArgs<'_>, raw: Gc<NativeObject>, mode: Mode, is_binary: bool, number: i32) -> Result<Value> {
    let classes = super::classes(cx)?;
    let is_terminal = a.buffering < 0 && fd::is_terminal(number);
    let is_line_buffered = a.buffering == 1 || is_terminal;
    let mut buffering = if a.buffering == 1 { -1 } else { a.buffering };
    if buffering < 0 {
        let block = fd::kind(number).map_or(0, |k| k.block_size);
        buffering = if block > 1 { block } else { DEFAULT_SIZE as i64 };
    }
    if buffering == 0 {
        return if is_binary { Ok(raw.value()) } else { Err(cx.value_error("can't have unbuffered text I/O")) };
    }
    let class = if mode.updates {
        classes.random
    } else if mode.writes {
        classes.writer
    } else {
        classes.reader
    };
    if mode.updates && !native::<FileIo>(raw.value()).is_some_and(|f| f.file.borrow().as_ref().is_some_and(|f| f.is_seekable())) {
        return Err(super::base::unsupported(cx, "File or stream is not seekable."));
    }
    let buffered = NativeObject::alloc(cx, class, Box::new(Buffered::default()));
    if let Some(b) = native::<Buffered>(buffered.value()) {
        b.start(cx, buffered, raw.value(), buffering as usize, mode.reads, mode.writes);
    }
    if is_binary {
        return Ok(buffered.value());
    }
    let text = NativeObject::alloc(cx, classes.text, Box::new(TextIo::default()));
    if let Some(t) = native::<TextIo>(text.value()) {
        let options = TextOptions {
            encoding: a.encoding.map(|e| e.value()),
            errors: a.errors.map(|e| e.value()),
            newline: a.newline,
            is_line_buffered,
            writes_through: false,
        };
        t.start(cx, text, buffered.value(), &options)?;
        let shown = cx.str(a.mode).value();
        t.set_mode(text, shown);
    }
    Ok(text.value())
}
