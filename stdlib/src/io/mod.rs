//! `io`: files and streams (library reference, "Core tools for working with streams").

pub mod stream;
pub mod text;

use gscript_macros::module;
use gscript_vm::object::dict::Dict;
use gscript_vm::object::native::NativeObject;
use gscript_vm::object::native::native;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use stream::{Buffers, OpenBuffers, RawFile};
use text::TextIo;

use crate::platform::fd;

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

/// Writes text to a stream if it is a text file of this module; else false. For `print`.
pub fn write_stream(cx: &mut Cx, stream: Value, text: &[u8]) -> Result<bool> {
    let Some(file) = native::<TextIo>(stream) else { return Ok(false) };
    if cx.class_of(stream).has_flag(gscript_vm::object::class::IS_SCRIPT) {
        return Ok(false);
    }
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
pub fn open_standard_streams(cx: &mut Cx, sys: Gc<Dict>, unbuffered: bool) -> Result<()> {
    for (n, name, mode) in [(0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")] {
        let v = if fd::kind(n).is_err() {
            Value::NONE
        } else {
            let buffers = Buffers::new(Some(RawFile::new(n, false)), 8192);
            OpenBuffers::add(cx, &buffers);
            let is_lines = n == 2 || fd::is_terminal(n);
            let class = cx.native_class(&text::class::NATIVE);
            let body = TextIo::over(buffers, is_lines, unbuffered && n != 0, n == 2);
            let _ = mode;
            NativeObject::alloc(cx, class, Box::new(body)).value()
        };
        cx.dict_set_text(sys, name, v);
        cx.dict_set_text(sys, &format!("__{name}__"), v);
    }
    Ok(())
}

/// Flushes `sys.stdout` and `sys.stderr`; errors are the caller's.
pub fn flush_standard_streams(cx: &mut Cx) -> Result<()> {
    for name in ["stderr", "stdout"] {
        if let Some(v) = cx.sys_value(name).filter(|v| !v.is_none()) {
            cx.call_method(v, "flush", &[])?;
        }
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

/// The io module provides the Python interfaces to stream handling.
#[module("io")]
pub mod module {
    use super::*;
    use gscript_vm::object::simple::Module;

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        let class = cx.native_class(&text::class::NATIVE).value();
        cx.dict_set_text(dict, "TextIOWrapper", class);
        Ok(())
    }
}
