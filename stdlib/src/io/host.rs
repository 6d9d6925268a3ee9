//! `sys.stdout` and `sys.stderr` of a program that runs inside a host: text goes to a writer of the host's.

use std::cell::{Cell, RefCell};
use std::io::Write;

use gscript_macros::class;
use gscript_vm::convert::OwnedBytes;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::simple::Module;
use gscript_vm::object::str::Str;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

/// The body of a stream to the host.
pub struct HostStream {
    writer: RefCell<Box<dyn Write>>,
    is_closed: Cell<bool>,
    name: &'static str,
}

impl Native for HostStream {}

impl HostStream {
    fn write(&self, cx: &mut Cx, text: &[u8]) -> Result<()> {
        if self.is_closed.get() {
            return Err(cx.value_error("I/O operation on closed file."));
        }
        // The writer is code of the host: it may not come back into the machine, so it cannot be in use already.
        let written = self.writer.try_borrow_mut().map(|mut w| w.write_all(text));
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(e)) => Err(cx.io_error(&e, None)),
            Err(_) => Err(cx.runtime_error("reentrant write to a stream of the host")),
        }
    }

    fn flush(&self, cx: &mut Cx) -> Result<()> {
        let flushed = self.writer.try_borrow_mut().map(|mut w| w.flush());
        match flushed {
            Ok(Err(e)) => Err(cx.io_error(&e, None)),
            _ => Ok(()),
        }
    }
}

/// Text that a program writes to the host.
#[class("io.HostStream")]
pub mod class {
    use super::*;

    #[method("text, /")]
    fn write(cx: &mut Cx, this: &HostStream, text: Gc<Str>) -> Result<usize> {
        this.write(cx, text.lossy().as_bytes())?;
        Ok(text.char_len())
    }

    #[method("lines, /")]
    fn writelines(cx: &mut Cx, this: &HostStream, lines: Value) -> Result<()> {
        let lines = cx.tuple_from_iterable(lines)?;
        for &line in lines.items() {
            let Some(s) = line.as_str_object() else {
                let text = format!("write() argument must be str, not {}", cx.type_name(line));
                return Err(cx.type_error(text));
            };
            this.write(cx, s.lossy().as_bytes())?;
        }
        Ok(())
    }

    #[method("")]
    fn flush(cx: &mut Cx, this: &HostStream) -> Result<()> {
        this.flush(cx)
    }

    /// Later writes fail; the host's writer stays as it is.
    #[method("")]
    fn close(cx: &mut Cx, this: &HostStream) -> Result<()> {
        this.flush(cx)?;
        this.is_closed.set(true);
        Ok(())
    }

    #[method("")]
    fn isatty(this: &HostStream) -> bool {
        let _ = this;
        false
    }

    #[method("")]
    fn readable(this: &HostStream) -> bool {
        let _ = this;
        false
    }

    #[method("")]
    fn writable(this: &HostStream) -> bool {
        let _ = this;
        true
    }

    #[method("")]
    fn seekable(this: &HostStream) -> bool {
        let _ = this;
        false
    }

    #[method("")]
    fn fileno(cx: &mut Cx, this: &HostStream) -> Result<i32> {
        let _ = this;
        Err(crate::io::base::unsupported(cx, "fileno"))
    }

    #[getter]
    fn closed(this: &HostStream) -> bool {
        this.is_closed.get()
    }

    #[getter]
    fn encoding(this: &HostStream) -> &'static str {
        let _ = this;
        "utf-8"
    }

    #[getter]
    fn errors(this: &HostStream) -> &'static str {
        let _ = this;
        "replace"
    }

    #[getter]
    fn name(this: &HostStream) -> String {
        format!("<{}>", this.name)
    }

    #[getter]
    fn mode(this: &HostStream) -> &'static str {
        let _ = this;
        "w"
    }

    #[getter]
    fn buffer(cx: &mut Cx, this: Gc<NativeObject>) -> Value {
        let class = cx.native_class(&binary::NATIVE);
        NativeObject::alloc(cx, class, Box::new(HostBytes { stream: gscript_vm::object::slot::Slot::new(Some(this.value())) })).value()
    }
}

/// The stream below the text: bytes go to the same writer.
struct HostBytes {
    stream: gscript_vm::object::slot::Slot,
}

impl Native for HostBytes {
    fn trace(&self, m: &mut gscript_vm::heap::mark::Marker<'_>) {
        self.stream.trace(m);
    }
}

/// Bytes that a program writes to the host.
#[class("io.HostBuffer")]
mod binary {
    use super::*;

    #[method("data, /")]
    fn write(cx: &mut Cx, this: &HostBytes, data: Value) -> Result<usize> {
        let Some(bytes) = bytes_of(data).map(|b| OwnedBytes(b.to_vec())) else {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(data));
            return Err(cx.type_error(text));
        };
        if let Some(s) = this.stream.get().and_then(native::<HostStream>) {
            s.write(cx, &bytes.0)?;
        }
        Ok(bytes.0.len())
    }

    #[method("")]
    fn flush(cx: &mut Cx, this: &HostBytes) -> Result<()> {
        match this.stream.get().and_then(native::<HostStream>) {
            Some(s) => s.flush(cx),
            None => Ok(()),
        }
    }
}

/// Writes text to a stream of the host; false: it is none.
pub fn write_host_stream(cx: &mut Cx, stream: Value, text: &[u8]) -> Result<bool> {
    let Some(s) = native::<HostStream>(stream) else { return Ok(false) };
    if !text.is_empty() {
        match std::str::from_utf8(text) {
            Ok(_) => s.write(cx, text)?,
            Err(_) => {
                let text = cx.str_from_bytes(text);
                s.write(cx, text.lossy().as_bytes())?;
            }
        }
    }
    Ok(true)
}

/// Makes the host's writers `sys.stdout` and `sys.stderr`; there is no `sys.stdin`. Imports `sys`.
pub fn set_host_streams(cx: &mut Cx, stdout: Box<dyn Write>, stderr: Box<dyn Write>) -> Result<()> {
    let sys = cx.import_absolute("sys")?;
    let Some(dict) = sys.as_gc::<Module>().and_then(|m| m.dict.get()) else { return Ok(()) };
    let class = cx.native_class(&class::NATIVE);
    for (name, writer) in [("stdout", stdout), ("stderr", stderr)] {
        let body = HostStream { writer: RefCell::new(writer), is_closed: Cell::new(false), name };
        let stream = NativeObject::alloc(cx, class, Box::new(body)).value();
        cx.dict_set_text(dict, name, stream);
        cx.dict_set_text(dict, &format!("__{name}__"), stream);
    }
    Ok(())
}
