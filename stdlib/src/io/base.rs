//! The abstract classes of `io`: what every stream can do with the few methods that a subclass supplies.

use std::cell::Cell;

use gscript_macros::class;
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{Native, NativeObject};
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

/// The body of an instance of a class that scripts derive from the abstract classes.
#[derive(Default)]
pub struct Base {
    is_closed: Cell<bool>,
}

impl Native for Base {}

/// ValueError of operations on a closed stream.
#[cold]
pub fn closed_error(cx: &mut Cx) -> Raised {
    cx.value_error("I/O operation on closed file.")
}

/// `io.UnsupportedOperation`.
#[cold]
pub fn unsupported(cx: &mut Cx, what: &str) -> Raised {
    match super::classes(cx) {
        Ok(c) => cx.raise(c.unsupported, what),
        Err(r) => r,
    }
}

/// Whether the stream says that it is closed.
pub fn is_closed(cx: &mut Cx, stream: Value) -> Result<bool> {
    let closed = cx.get_attr_text(stream, "closed")?;
    cx.truth(closed)
}

/// ValueError if it is closed.
pub fn check_open(cx: &mut Cx, stream: Value) -> Result<()> {
    if is_closed(cx, stream)? { Err(closed_error(cx)) } else { Ok(()) }
}

/// A size argument: None and negative numbers mean everything.
pub fn size_arg(cx: &mut Cx, v: Option<Value>) -> Result<Option<usize>> {
    let Some(v) = v.filter(|v| !v.is_none()) else {
        return Ok(None);
    };
    let name = cx.intern("__index__");
    let class = cx.class_of(v);
    if v.as_int().is_none() && cx.lookup(class, name).is_none() {
        let text = format!("argument should be integer or None, not '{}'", cx.type_name(v));
        return Err(cx.type_error(text));
    }
    let i = cx.index(v)?;
    match i.as_int() {
        Some(n) if n < 0 => Ok(None),
        Some(n) => Ok(Some(n as usize)),
        None => Err(cx.overflow_error("cannot fit 'int' into an index-sized integer")),
    }
}

/// Copies bytes to the front of a writable buffer that a script passed; how many it takes.
pub fn fill(cx: &mut Cx, target: Value, data: &[u8]) -> Result<usize> {
    if let Some(b) = target.as_gc::<gscript_vm::object::bytes::ByteArray>() {
        for (c, &x) in b.cells().iter().zip(data) {
            c.set(x);
        }
        return Ok(data.len().min(b.len()));
    }
    let n = data.len().min(bytes_of(target).map_or(0, |b| b.len()));
    // A view of larger items is written as bytes.
    let target = if cx.len(target)? == bytes_of(target).map_or(0, |b| b.len()) {
        target
    } else {
        let b = cx.str("B").value();
        cx.call_method(target, "cast", &[b])?
    };
    let (from, to) = (Value::int32(0), cx.int(n as i64));
    let slice = cx.slice(from, to, Value::NONE).value();
    let part = cx.bytes(&data[..n]).value();
    cx.set_item(target, slice, part)?;
    Ok(n)
}

/// The room in a writable buffer, or the TypeError of `readinto`.
pub fn room(cx: &mut Cx, target: Value, what: &str) -> Result<usize> {
    let mut is_writable = !cx.is_instance(target, cx.types.bytes);
    if cx.is_instance(target, cx.types.memoryview) {
        let readonly = cx.get_attr_text(target, "readonly")?;
        is_writable = !cx.truth(readonly)?;
    }
    match bytes_of(target).filter(|_| is_writable) {
        Some(b) => Ok(b.len()),
        None => {
            let text = format!("{what}() argument must be read-write bytes-like object, not {}", cx.type_name(target));
            Err(cx.type_error(text))
        }
    }
}

/// The abstract base class for all I/O classes.
#[class("io.IOBase")]
pub mod io_base {
    use super::*;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: gscript_vm::convert::Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(Base::default())).value())
    }

    #[getter]
    fn closed(this: Value) -> bool {
        gscript_vm::object::native::native::<Base>(this).is_some_and(|b| b.is_closed.get())
    }

    /// Flushes and closes the stream. It has no effect if it is closed.
    #[method("")]
    fn close(cx: &mut Cx, this: Value) -> Result<()> {
        if is_closed(cx, this)? {
            return Ok(());
        }
        let r = cx.call_method(this, "flush", &[]);
        if let Some(b) = gscript_vm::object::native::native::<Base>(this) {
            b.is_closed.set(true);
        }
        r.map(|_| ())
    }

    /// Flushes write buffers, if applicable.
    #[method("")]
    fn flush(cx: &mut Cx, this: Value) -> Result<()> {
        check_open(cx, this)
    }

    #[method("")]
    fn fileno(cx: &mut Cx, this: Value) -> Result<Value> {
        let _ = this;
        Err(unsupported(cx, "fileno"))
    }

    #[method("offset, whence=0, /")]
    fn seek(cx: &mut Cx, this: Value, offset: Value, whence: Option<Value>) -> Result<Value> {
        let _ = (this, offset, whence);
        Err(unsupported(cx, "seek"))
    }

    #[method("size=None, /")]
    fn truncate(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let _ = (this, size);
        Err(unsupported(cx, "truncate"))
    }

    /// Returns the position of the stream.
    #[method("")]
    fn tell(cx: &mut Cx, this: Value) -> Result<Value> {
        cx.call_method(this, "seek", &[Value::int32(0), Value::int32(1)])
    }

    #[method("")]
    fn isatty(cx: &mut Cx, this: Value) -> Result<bool> {
        check_open(cx, this)?;
        Ok(false)
    }

    #[method("")]
    fn readable(this: Value) -> bool {
        let _ = this;
        false
    }

    #[method("")]
    fn writable(this: Value) -> bool {
        let _ = this;
        false
    }

    #[method("")]
    fn seekable(this: Value) -> bool {
        let _ = this;
        false
    }

    #[method(name = "_checkClosed", "")]
    fn check_closed(cx: &mut Cx, this: Value) -> Result<()> {
        check_open(cx, this)
    }

    #[method(name = "_checkReadable", "")]
    fn check_readable(cx: &mut Cx, this: Value) -> Result<()> {
        let v = cx.call_method(this, "readable", &[])?;
        if cx.truth(v)? { Ok(()) } else { Err(unsupported(cx, "File or stream is not readable.")) }
    }

    #[method(name = "_checkWritable", "")]
    fn check_writable(cx: &mut Cx, this: Value) -> Result<()> {
        let v = cx.call_method(this, "writable", &[])?;
        if cx.truth(v)? { Ok(()) } else { Err(unsupported(cx, "File or stream is not writable.")) }
    }

    #[method(name = "_checkSeekable", "")]
    fn check_seekable(cx: &mut Cx, this: Value) -> Result<()> {
        let v = cx.call_method(this, "seekable", &[])?;
        if cx.truth(v)? { Ok(()) } else { Err(unsupported(cx, "File or stream is not seekable.")) }
    }

    #[method(name = "__enter__", "")]
    fn enter(cx: &mut Cx, this: Value) -> Result<Value> {
        check_open(cx, this)?;
        Ok(this)
    }

    #[method(name = "__exit__", "*args")]
    fn exit(cx: &mut Cx, this: Value, args: &[Value]) -> Result<()> {
        let _ = args;
        cx.call_method(this, "close", &[])?;
        Ok(())
    }

    #[method(name = "__iter__", "")]
    fn iter(cx: &mut Cx, this: Value) -> Result<Value> {
        check_open(cx, this)?;
        Ok(this)
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        let line = cx.call_method(this, "readline", &[])?;
        if cx.len(line)? == 0 {
            return Err(cx.stop_iteration(Value::NONE));
        }
        Ok(line)
    }

    /// Reads and returns a line from the stream, at most size bytes.
    #[method("size=-1, /")]
    fn readline(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let limit = size_arg(cx, size)?;
        let has_peek = cx.try_attr_text(this, "peek")?.is_some();
        let mut line = Vec::new();
        while limit.is_none_or(|n| line.len() < n) {
            let mut want = 1;
            if has_peek {
                let ahead = cx.call_method(this, "peek", &[Value::int32(1)])?;
                if let Some(b) = bytes_of(ahead).filter(|b| !b.is_empty()) {
                    want = memchr::memchr(b'\n', b).map_or(b.len(), |n| n + 1);
                    want = limit.map_or(want, |n| want.min(n - line.len()));
                }
            }
            let want = cx.int(want as i64);
            let part = cx.call_method(this, "read", &[want])?;
            let Some(b) = bytes_of(part) else {
                let text = format!("read() should have returned a bytes object, not '{}'", cx.type_name(part));
                let class = cx.types.os_error;
                return Err(cx.raise(class, &text));
            };
            line.extend_from_slice(b);
            if b.is_empty() || b.ends_with(b"\n") {
                break;
            }
        }
        Ok(cx.bytes(&line).value())
    }

    /// Returns a list of lines from the stream.
    #[method("hint=-1, /")]
    fn readlines(cx: &mut Cx, this: Value, hint: Option<Value>) -> Result<Value> {
        let hint = size_arg(cx, hint)?.filter(|&n| n > 0);
        let list = cx.list_new();
        let it = cx.iter(this)?;
        let mut total = 0;
        while let Some(line) = cx.next(it)? {
            cx.list_push(list, line);
            total += cx.len(line)?;
            if hint.is_some_and(|n| total >= n) {
                break;
            }
        }
        Ok(list.value())
    }

    /// Writes a list of lines to the stream. Line separators are not added.
    #[method("lines, /")]
    fn writelines(cx: &mut Cx, this: Value, lines: Value) -> Result<()> {
        check_open(cx, this)?;
        let it = cx.iter(lines)?;
        while let Some(line) = cx.next(it)? {
            cx.call_method(this, "write", &[line])?;
        }
        Ok(())
    }
}

/// Base class for raw binary I/O.
#[class("io.RawIOBase")]
pub mod raw_base {
    use super::*;

    /// Reads up to size bytes with one call of readinto.
    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let Some(n) = size_arg(cx, size)? else {
            return cx.call_method(this, "readall", &[]);
        };
        let buffer = cx.bytearray(&[]);
        cx.bytearray_resize(buffer, n);
        let got = cx.call_method(this, "readinto", &[buffer.value()])?;
        if got.is_none() {
            return Ok(got);
        }
        let got = cx.index(got)?.as_int().unwrap_or(0).clamp(0, n as i64) as usize;
        let data = buffer.bytes()[..got.min(buffer.len())].to_vec();
        Ok(cx.bytes(&data).value())
    }

    /// Reads until end of file, using several calls of read.
    #[method("")]
    fn readall(cx: &mut Cx, this: Value) -> Result<Value> {
        let mut all = Vec::new();
        loop {
            let part = cx.call_method(this, "read", &[Value::int32(8192)])?;
            if part.is_none() {
                return Ok(if all.is_empty() { part } else { cx.bytes(&all).value() });
            }
            let Some(b) = bytes_of(part) else {
                return Err(cx.type_error("read() should return bytes"));
            };
            if b.is_empty() {
                return Ok(cx.bytes(&all).value());
            }
            all.extend_from_slice(b);
        }
    }

    #[method("buffer, /")]
    fn readinto(cx: &mut Cx, this: Value, buffer: Value) -> Result<Value> {
        let _ = (this, buffer);
        Err(unsupported(cx, "readinto"))
    }

    #[method("b, /")]
    fn write(cx: &mut Cx, this: Value, b: Value) -> Result<Value> {
        let _ = (this, b);
        Err(unsupported(cx, "write"))
    }
}

/// Base class for buffered I/O objects.
#[class("io.BufferedIOBase")]
pub mod buffered_base {
    use super::*;

    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let _ = (this, size);
        Err(unsupported(cx, "read"))
    }

    #[method("size=-1, /")]
    fn read1(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let _ = (this, size);
        Err(unsupported(cx, "read1"))
    }

    #[method("buffer, /")]
    fn readinto(cx: &mut Cx, this: Value, buffer: Value) -> Result<usize> {
        read_into(cx, this, buffer, "read", "readinto")
    }

    #[method("buffer, /")]
    fn readinto1(cx: &mut Cx, this: Value, buffer: Value) -> Result<usize> {
        read_into(cx, this, buffer, "read1", "readinto1")
    }

    #[method("b, /")]
    fn write(cx: &mut Cx, this: Value, b: Value) -> Result<Value> {
        let _ = (this, b);
        Err(unsupported(cx, "write"))
    }

    #[method("")]
    fn detach(cx: &mut Cx, this: Value) -> Result<Value> {
        let _ = this;
        Err(unsupported(cx, "detach"))
    }
}

/// Reads into a script's buffer by a reading method.
pub fn read_into(cx: &mut Cx, this: Value, buffer: Value, read: &str, what: &str) -> Result<usize> {
    let n = room(cx, buffer, what)?;
    let n = cx.int(n as i64);
    let data = cx.call_method(this, read, &[n])?;
    let data = match bytes_of(data) {
        Some(b) => b.to_vec(),
        None => return Err(cx.type_error("read() should return bytes")),
    };
    fill(cx, buffer, &data)
}

/// Base class for text I/O.
#[class("io.TextIOBase")]
pub mod text_base {
    use super::*;

    #[getter]
    fn encoding(this: Value) {
        let _ = this;
    }

    #[getter]
    fn newlines(this: Value) {
        let _ = this;
    }

    #[getter]
    fn errors(this: Value) {
        let _ = this;
    }

    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let _ = (this, size);
        Err(unsupported(cx, "read"))
    }

    #[method("size=-1, /")]
    fn readline(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let _ = (this, size);
        Err(unsupported(cx, "readline"))
    }

    #[method("s, /")]
    fn write(cx: &mut Cx, this: Value, s: Value) -> Result<Value> {
        let _ = (this, s);
        Err(unsupported(cx, "write"))
    }

    #[method("")]
    fn detach(cx: &mut Cx, this: Value) -> Result<Value> {
        let _ = this;
        Err(unsupported(cx, "detach"))
    }
}
