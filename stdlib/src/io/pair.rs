//! `io.BufferedRWPair`: a reader and a writer that look like one stream, as over a socket.

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::Slot;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::base::unsupported;
use super::buffered::{Buffered, DEFAULT_SIZE};

/// The body of a pair.
pub struct Pair {
    reader: Slot,
    writer: Slot,
}

impl Native for Pair {
    fn trace(&self, m: &mut Marker<'_>) {
        self.reader.trace(m);
        self.writer.trace(m);
    }
}

/// A pair of two buffered streams.
pub fn new_pair(cx: &mut Cx, reader: Value, writer: Value) -> Result<Value> {
    let class = super::classes(cx)?.pair;
    let pair = NativeObject::alloc(cx, class, Box::new(Pair { reader: Slot::new(None), writer: Slot::new(None) }));
    start(pair, reader, writer);
    Ok(pair.value())
}

fn start(pair: Gc<NativeObject>, reader: Value, writer: Value) {
    if let Some(p) = native::<Pair>(pair.value()) {
        p.reader.set(pair, Some(reader));
        p.writer.set(pair, Some(writer));
    }
}

/// A buffered reader and writer object together.
#[class("_io.BufferedRWPair")]
pub mod pair {
    use super::*;
    use gscript_vm::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(Pair { reader: Slot::new(None), writer: Slot::new(None) })).value())
    }

    #[method(name = "__init__", "reader, writer, buffer_size=8192, /")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, reader: Value, writer: Value, buffer_size: Option<i64>) -> Result<()> {
        for (raw, method, text) in [(reader, "readable", "File or stream is not readable."), (writer, "writable", "File or stream is not writable.")] {
            let v = cx.call_method(raw, method, &[])?;
            if !cx.truth(v)? {
                return Err(unsupported(cx, text));
            }
        }
        let size = buffer_size.unwrap_or(DEFAULT_SIZE as i64);
        if size <= 0 {
            return Err(cx.value_error("buffer size must be strictly positive"));
        }
        let classes = super::super::classes(cx)?;
        let mut ends = [reader, writer];
        for (end, (class, reads)) in ends.iter_mut().zip([(classes.reader, true), (classes.writer, false)]) {
            let b = NativeObject::alloc(cx, class, Box::new(Buffered::default()));
            if let Some(body) = native::<Buffered>(b.value()) {
                body.start(cx, b, *end, size as usize, reads, !reads);
            }
            *end = b.value();
        }
        start(this, ends[0], ends[1]);
        Ok(())
    }

    fn reader(cx: &mut Cx, this: &Pair) -> Result<Value> {
        this.reader.get().ok_or_else(|| cx.value_error("I/O operation on uninitialized object"))
    }

    fn writer(cx: &mut Cx, this: &Pair) -> Result<Value> {
        this.writer.get().ok_or_else(|| cx.value_error("I/O operation on uninitialized object"))
    }

    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: &Pair, size: Option<Value>) -> Result<Value> {
        let r = reader(cx, this)?;
        cx.call_method(r, "read", size.as_slice())
    }

    #[method("size=-1, /")]
    fn read1(cx: &mut Cx, this: &Pair, size: Option<Value>) -> Result<Value> {
        let r = reader(cx, this)?;
        cx.call_method(r, "read1", size.as_slice())
    }

    #[method("size=-1, /")]
    fn readline(cx: &mut Cx, this: &Pair, size: Option<Value>) -> Result<Value> {
        let r = reader(cx, this)?;
        cx.call_method(r, "readline", size.as_slice())
    }

    #[method("size=0, /")]
    fn peek(cx: &mut Cx, this: &Pair, size: Option<Value>) -> Result<Value> {
        let r = reader(cx, this)?;
        cx.call_method(r, "peek", size.as_slice())
    }

    #[method("buffer, /")]
    fn readinto(cx: &mut Cx, this: &Pair, buffer: Value) -> Result<Value> {
        let r = reader(cx, this)?;
        cx.call_method(r, "readinto", &[buffer])
    }

    #[method("buffer, /")]
    fn readinto1(cx: &mut Cx, this: &Pair, buffer: Value) -> Result<Value> {
        let r = reader(cx, this)?;
        cx.call_method(r, "readinto1", &[buffer])
    }

    #[method("buffer, /")]
    fn write(cx: &mut Cx, this: &Pair, buffer: Value) -> Result<Value> {
        let w = writer(cx, this)?;
        cx.call_method(w, "write", &[buffer])
    }

    #[method("")]
    fn flush(cx: &mut Cx, this: &Pair) -> Result<Value> {
        let w = writer(cx, this)?;
        cx.call_method(w, "flush", &[])
    }

    #[method("")]
    fn readable(cx: &mut Cx, this: &Pair) -> Result<Value> {
        let r = reader(cx, this)?;
        cx.call_method(r, "readable", &[])
    }

    #[method("")]
    fn writable(cx: &mut Cx, this: &Pair) -> Result<Value> {
        let w = writer(cx, this)?;
        cx.call_method(w, "writable", &[])
    }

    /// Closes the writer, then the reader; the first error is told.
    #[method("")]
    fn close(cx: &mut Cx, this: &Pair) -> Result<()> {
        let (r, w) = (reader(cx, this)?, writer(cx, this)?);
        let first = cx.call_method(w, "close", &[]);
        let first = first.map_err(|e| cx.take_pending(e));
        cx.call_method(r, "close", &[])?;
        match first {
            Ok(_) => Ok(()),
            Err(e) => Err(cx.reraise(e)),
        }
    }

    #[method("")]
    fn isatty(cx: &mut Cx, this: &Pair) -> Result<Value> {
        let (r, w) = (reader(cx, this)?, writer(cx, this)?);
        let v = cx.call_method(w, "isatty", &[])?;
        if cx.truth(v)? { Ok(v) } else { cx.call_method(r, "isatty", &[]) }
    }

    #[getter]
    fn closed(cx: &mut Cx, this: &Pair) -> Result<Value> {
        let w = writer(cx, this)?;
        cx.get_attr_text(w, "closed")
    }
}
