//! `io.BytesIO` and `io.StringIO`: streams in memory.

use std::cell::{Cell, RefCell};

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::bytes::ByteArray;
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::Ref;
use gscript_vm::protocol::bytes_of;
use gscript_vm::text::utf8;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::base::{closed_error, fill, room, size_arg};
use super::newline::{Endings, Newline, Seen};

/// The body of a BytesIO. The bytes are a bytearray, so that `getbuffer` can lend them.
pub struct BytesIo {
    data: Ref<ByteArray>,
    at: Cell<usize>,
}

impl Native for BytesIo {
    fn trace(&self, m: &mut Marker<'_>) {
        self.data.trace(m);
    }
}

impl BytesIo {
    fn data(&self, cx: &mut Cx) -> Result<Gc<ByteArray>> {
        match self.data.get() {
            Some(d) => Ok(d),
            None => Err(closed_error(cx)),
        }
    }

    /// Takes bytes `[at, to)` and moves on.
    fn take(&self, cx: &mut Cx, to: usize) -> Result<Value> {
        let d = self.data(cx)?;
        let from = self.at.get().min(d.len());
        let to = to.clamp(from, d.len());
        self.at.set(self.at.get().max(to));
        // The bytearray may not be read while something is allocated.
        let r = cx.bytes(&d.bytes()[from..to]).value();
        std::hint::black_box(d);
        Ok(r)
    }

    fn line_end(&self, d: Gc<ByteArray>, limit: Option<usize>) -> usize {
        let from = self.at.get().min(d.len());
        let rest = &d.bytes()[from..];
        let rest = &rest[..limit.map_or(rest.len(), |n| n.min(rest.len()))];
        from + memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1)
    }

    fn write(&self, cx: &mut Cx, data: &[u8]) -> Result<()> {
        let d = self.data(cx)?;
        if data.is_empty() {
            return Ok(());
        }
        let at = self.at.get();
        let Some(end) = at.checked_add(data.len()).filter(|end| *end <= isize::MAX as usize) else {
            return Err(cx.overflow_error("new position too large"));
        };
        if end > d.len() {
            check_resizable(cx, d)?;
            cx.check_room(end - d.len())?;
            if !cx.bytearray_try_resize(d, end) {
                return Err(cx.memory_error(""));
            }
        }
        for (c, &x) in d.cells()[at..].iter().zip(data) {
            c.set(x);
        }
        self.at.set(end);
        Ok(())
    }
}

/// BufferError while views of the bytes are in use; those that nobody refers to any more are freed first.
fn check_resizable(cx: &mut Cx, d: Gc<ByteArray>) -> Result<()> {
    if d.exports.get() > 0 {
        cx.collect(true);
    }
    cx.check_resizable(d)
}

/// Buffered I/O implementation using an in-memory bytes buffer.
#[class("_io.BytesIO")]
pub mod bytes_io {
    use super::*;
    use gscript_vm::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        let data = cx.bytearray(&[]);
        Ok(NativeObject::alloc(cx, class, Box::new(BytesIo { data: Ref::new(Some(data)), at: Cell::new(0) })).value())
    }

    #[method(name = "__init__", "initial_bytes=b''")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, initial_bytes: Option<Value>) -> Result<()> {
        let Some(b) = native::<BytesIo>(this.value()) else {
            return Ok(());
        };
        let data = match initial_bytes.filter(|v| !v.is_none()) {
            Some(v) => match bytes_of(v) {
                Some(bytes) => cx.bytearray(bytes),
                None => {
                    let text = format!("a bytes-like object is required, not '{}'", cx.type_name(v));
                    return Err(cx.type_error(text));
                }
            },
            None => cx.bytearray(&[]),
        };
        b.data.set(this, Some(data));
        b.at.set(0);
        Ok(())
    }

    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: &BytesIo, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        this.take(cx, n.map_or(usize::MAX, |n| this.at.get().saturating_add(n)))
    }

    #[method("size=-1, /")]
    fn read1(cx: &mut Cx, this: &BytesIo, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        this.take(cx, n.map_or(usize::MAX, |n| this.at.get().saturating_add(n)))
    }

    #[method("buffer, /")]
    fn readinto(cx: &mut Cx, this: &BytesIo, buffer: Value) -> Result<usize> {
        let n = room(cx, buffer, "readinto")?;
        let d = this.data(cx)?;
        let from = this.at.get().min(d.len());
        let data = d.bytes()[from..(from + n).min(d.len())].to_vec();
        let n = fill(cx, buffer, &data)?;
        this.at.set(from + n);
        Ok(n)
    }

    #[method("size=-1, /")]
    fn readline(cx: &mut Cx, this: &BytesIo, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        let d = this.data(cx)?;
        this.take(cx, this.line_end(d, n))
    }

    #[method("size=None, /")]
    fn readlines(cx: &mut Cx, this: &BytesIo, size: Option<Value>) -> Result<Value> {
        let most = size_arg(cx, size)?.filter(|&n| n > 0);
        let list = cx.list_new();
        let start = this.at.get();
        loop {
            let d = this.data(cx)?;
            let end = this.line_end(d, None);
            if end <= this.at.get() {
                return Ok(list.value());
            }
            let line = this.take(cx, end)?;
            cx.list_push(list, line);
            if most.is_some_and(|n| end - start >= n) {
                return Ok(list.value());
            }
        }
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: &BytesIo) -> Result<Value> {
        let d = this.data(cx)?;
        let end = this.line_end(d, None);
        if end <= this.at.get() {
            return Err(cx.stop_iteration(Value::NONE));
        }
        this.take(cx, end)
    }

    #[method("b, /")]
    fn write(cx: &mut Cx, this: &BytesIo, b: Value) -> Result<usize> {
        this.data(cx)?;
        let Some(data) = bytes_of(b) else {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(b));
            return Err(cx.type_error(text));
        };
        // It may be a view of the very bytes that move.
        let data = data.to_vec();
        this.write(cx, &data)?;
        Ok(data.len())
    }

    #[method("pos, whence=0, /")]
    fn seek(cx: &mut Cx, this: &BytesIo, pos: i64, whence: Option<i32>) -> Result<usize> {
        let d = this.data(cx)?;
        let base = match whence.unwrap_or(0) {
            0 if pos < 0 => return Err(cx.value_error(format!("negative seek value {pos}"))),
            0 => 0,
            1 => this.at.get() as i64,
            2 => d.len() as i64,
            n => return Err(cx.value_error(format!("invalid whence ({n}, should be 0, 1 or 2)"))),
        };
        let at = base.saturating_add(pos).max(0) as usize;
        this.at.set(at);
        Ok(at)
    }

    #[method("")]
    fn tell(cx: &mut Cx, this: &BytesIo) -> Result<usize> {
        this.data(cx)?;
        Ok(this.at.get())
    }

    #[method("size=None, /")]
    fn truncate(cx: &mut Cx, this: &BytesIo, size: Option<i64>) -> Result<usize> {
        let d = this.data(cx)?;
        let n = match size {
            Some(n) if n < 0 => return Err(cx.value_error(format!("negative size value {n}"))),
            Some(n) => n as usize,
            None => this.at.get(),
        };
        if n < d.len() {
            check_resizable(cx, d)?;
            cx.bytearray_resize(d, n);
        }
        Ok(n)
    }

    /// Returns the whole contents.
    #[method("")]
    fn getvalue(cx: &mut Cx, this: &BytesIo) -> Result<Value> {
        let d = this.data(cx)?;
        let r = cx.bytes(d.bytes()).value();
        std::hint::black_box(d);
        Ok(r)
    }

    /// Returns a read-write view over the contents.
    #[method("")]
    fn getbuffer(cx: &mut Cx, this: &BytesIo) -> Result<Value> {
        let d = this.data(cx)?;
        let class = cx.types.memoryview.value();
        let view = cx.call(class, &[d.value()]);
        gscript_vm::heap::conservative::wipe_dead_frames();
        view
    }

    #[method("")]
    fn close(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        if let Some(b) = native::<BytesIo>(this.value()) {
            if let Some(d) = b.data.get() {
                check_resizable(cx, d)?;
            }
            b.data.set(this, None);
        }
        Ok(())
    }

    #[getter]
    fn closed(this: &BytesIo) -> bool {
        this.data.get().is_none()
    }

    #[method("")]
    fn flush(cx: &mut Cx, this: &BytesIo) -> Result<()> {
        this.data(cx).map(|_| ())
    }

    #[method("")]
    fn isatty(cx: &mut Cx, this: &BytesIo) -> Result<bool> {
        this.data(cx).map(|_| false)
    }

    #[method("")]
    fn readable(cx: &mut Cx, this: &BytesIo) -> Result<bool> {
        this.data(cx).map(|_| true)
    }

    #[method("")]
    fn writable(cx: &mut Cx, this: &BytesIo) -> Result<bool> {
        this.data(cx).map(|_| true)
    }

    #[method("")]
    fn seekable(cx: &mut Cx, this: &BytesIo) -> Result<bool> {
        this.data(cx).map(|_| true)
    }
}

/// The body of a StringIO.
pub struct StringIo {
    /// Generalised UTF-8; `None` when it is closed.
    text: RefCell<Option<Vec<u8>>>,
    /// Position in characters, and the same in bytes if it lies in the text.
    at: Cell<usize>,
    at_byte: Cell<usize>,
    newline: Cell<Newline>,
    seen: Cell<Seen>,
}

impl Native for StringIo {
    fn external_bytes(&self) -> usize {
        self.text.borrow().as_ref().map_or(0, Vec::len)
    }
}

impl StringIo {
    fn check(&self, cx: &mut Cx) -> Result<()> {
        if self.text.borrow().is_some() { Ok(()) } else { Err(cx.value_error("I/O operation on closed file")) }
    }

    /// Puts text at the position, over what is there.
    fn write(&self, cx: &mut Cx, text: &[u8]) -> Result<()> {
        // The gap, where it writes behind the end, and what the text grows by.
        cx.check_room(self.at.get().saturating_add(text.len()))?;
        cx.heap.count_bytes(text.len());
        let newline = self.newline.get();
        let mut translated = Vec::new();
        let mut text = text;
        if newline.translates {
            let mut seen = self.seen.get();
            newline.decoded(text, true, &mut seen, &mut translated);
            self.seen.set(seen);
            text = &translated;
        } else if newline.writes != Endings::Lf {
            translated = newline.translate(text);
            text = &translated;
        }
        let mut content = self.text.borrow_mut();
        let Some(content) = content.as_mut() else {
            return Ok(());
        };
        let chars = utf8::count(text);
        let mut at = self.at_byte.get();
        if at >= content.len() {
            // Behind the end: the gap is filled with NULs.
            let length = if at == content.len() { self.at.get() } else { utf8::count(content) };
            let gap = self.at.get().saturating_sub(length);
            content.resize(content.len() + gap, 0);
            at = content.len();
            content.extend_from_slice(text);
        } else {
            let end = utf8::offset_after(content, at, chars).min(content.len());
            content.splice(at..end, text.iter().copied());
        }
        self.at.set(self.at.get() + chars);
        self.at_byte.set(at + text.len());
        Ok(())
    }

    fn seek_to(&self, at: usize) {
        let content = self.text.borrow();
        let Some(content) = content.as_ref() else {
            return;
        };
        self.at.set(at);
        let byte = if content.is_ascii() { at } else { utf8::offset_after(content, 0, at) };
        let is_behind = if content.is_ascii() { at > content.len() } else { byte >= content.len() && utf8::count(content) < at };
        // One more than the end says "behind the end".
        self.at_byte.set(if is_behind { content.len() + 1 } else { byte });
    }

    /// Takes the text up to `end` bytes.
    fn take(&self, cx: &mut Cx, end: usize) -> Value {
        let content = self.text.borrow();
        let Some(content) = content.as_ref() else {
            return cx.str("").value();
        };
        let from = self.at_byte.get().min(content.len());
        let part = &content[from..end.clamp(from, content.len())];
        let s = cx.str_from_bytes(part);
        if self.at_byte.get() <= content.len() {
            self.at.set(self.at.get() + s.char_len());
            self.at_byte.set(from + part.len());
        }
        s.value()
    }

    fn line_end(&self, limit: Option<usize>) -> usize {
        let content = self.text.borrow();
        let Some(content) = content.as_ref() else {
            return 0;
        };
        let from = self.at_byte.get().min(content.len());
        let rest = &content[from..];
        let end = self.newline.get().line_end(rest, 0).unwrap_or(rest.len());
        from + limit.map_or(end, |n| end.min(utf8::offset_after(rest, 0, n)))
    }
}

/// Text I/O implementation using an in-memory buffer.
#[class("_io.StringIO")]
pub mod string_io {
    use super::*;
    use gscript_vm::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        let newline = Newline { is_universal: false, translates: false, ends: Endings::Lf, writes: Endings::Lf };
        let body =
            StringIo { text: RefCell::new(Some(Vec::new())), at: Cell::new(0), at_byte: Cell::new(0), newline: Cell::new(newline), seen: Cell::default() };
        Ok(NativeObject::alloc(cx, class, Box::new(body)).value())
    }

    #[method(name = "__init__", "initial_value='', newline='\\n'")]
    fn init(cx: &mut Cx, this: &StringIo, initial_value: Option<Value>, newline: Value) -> Result<()> {
        let text = match newline.as_str_object() {
            Some(s) => Some(s.lossy().into_owned()),
            None if newline.is_none() => None,
            None => {
                let text = format!("newline must be str or None, not {}", cx.type_name(newline));
                return Err(cx.type_error(text));
            }
        };
        let Some(newline) = Newline::parse(text.as_deref()) else {
            let mut shown = b"illegal newline value: ".to_vec();
            gscript_vm::text::escape::push_repr(&mut shown, text.unwrap_or_default().as_bytes());
            return Err(cx.value_error(String::from_utf8_lossy(&shown)));
        };
        *this.text.borrow_mut() = Some(Vec::new());
        this.newline.set(newline);
        this.at.set(0);
        this.at_byte.set(0);
        if let Some(v) = initial_value.filter(|v| !v.is_none()) {
            let Some(s) = v.as_str_object() else {
                let text = format!("initial_value must be str or None, not {}", cx.type_name(v));
                return Err(cx.type_error(text));
            };
            this.write(cx, s.bytes())?;
            this.at.set(0);
            this.at_byte.set(0);
        }
        Ok(())
    }

    #[method("s, /")]
    fn write(cx: &mut Cx, this: &StringIo, s: Value) -> Result<usize> {
        let Some(s) = s.as_str_object() else {
            let text = format!("string argument expected, got '{}'", cx.type_name(s));
            return Err(cx.type_error(text));
        };
        this.check(cx)?;
        if s.byte_len() > 0 {
            this.write(cx, s.bytes())?;
        }
        Ok(s.char_len())
    }

    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: &StringIo, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        this.check(cx)?;
        let end = match n {
            None => usize::MAX,
            Some(n) => {
                let content = this.text.borrow();
                let content = content.as_deref().unwrap_or_default();
                let from = this.at_byte.get().min(content.len());
                utf8::offset_after(content, from, n)
            }
        };
        Ok(this.take(cx, end))
    }

    #[method("size=-1, /")]
    fn readline(cx: &mut Cx, this: &StringIo, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        this.check(cx)?;
        Ok(this.take(cx, this.line_end(n)))
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: &StringIo) -> Result<Value> {
        this.check(cx)?;
        let line = this.take(cx, this.line_end(None));
        if line.as_str_object().is_none_or(|s| s.byte_len() == 0) {
            return Err(cx.stop_iteration(Value::NONE));
        }
        Ok(line)
    }

    #[method("pos, whence=0, /")]
    fn seek(cx: &mut Cx, this: &StringIo, pos: i64, whence: Option<i32>) -> Result<usize> {
        this.check(cx)?;
        let whence = whence.unwrap_or(0);
        if !(0..=2).contains(&whence) {
            return Err(cx.value_error(format!("Invalid whence ({whence}, should be 0, 1 or 2)")));
        }
        if whence == 0 && pos < 0 {
            return Err(cx.value_error(format!("Negative seek position {pos}")));
        }
        if whence != 0 && pos != 0 {
            let class = cx.types.os_error;
            return Err(cx.raise(class, "Can't do nonzero cur-relative seeks"));
        }
        let at = match whence {
            0 => pos as usize,
            1 => this.at.get(),
            _ => utf8::count(this.text.borrow().as_deref().unwrap_or_default()),
        };
        this.seek_to(at);
        Ok(at)
    }

    #[method("")]
    fn tell(cx: &mut Cx, this: &StringIo) -> Result<usize> {
        this.check(cx)?;
        Ok(this.at.get())
    }

    #[method("pos=None, /")]
    fn truncate(cx: &mut Cx, this: &StringIo, pos: Option<i64>) -> Result<usize> {
        this.check(cx)?;
        let n = match pos {
            Some(n) if n < 0 => return Err(cx.value_error(format!("Negative size value {n}"))),
            Some(n) => n as usize,
            None => this.at.get(),
        };
        if let Some(content) = this.text.borrow_mut().as_mut() {
            let end = utf8::offset_after(content, 0, n).min(content.len());
            content.truncate(end);
        }
        this.seek_to(this.at.get());
        Ok(n)
    }

    /// Returns the whole contents.
    #[method("")]
    fn getvalue(cx: &mut Cx, this: &StringIo) -> Result<Value> {
        this.check(cx)?;
        let content = this.text.borrow();
        Ok(cx.str_from_bytes(content.as_deref().unwrap_or_default()).value())
    }

    #[method("")]
    fn close(this: &StringIo) {
        *this.text.borrow_mut() = None;
    }

    #[getter]
    fn closed(this: &StringIo) -> bool {
        this.text.borrow().is_none()
    }

    #[getter]
    fn line_buffering(this: &StringIo) -> bool {
        let _ = this;
        false
    }

    #[getter]
    fn newlines(cx: &mut Cx, this: &StringIo) -> Result<Value> {
        this.check(cx)?;
        Ok(this.seen.get().value(cx))
    }

    #[method("")]
    fn readable(cx: &mut Cx, this: &StringIo) -> Result<bool> {
        this.check(cx).map(|_| true)
    }

    #[method("")]
    fn writable(cx: &mut Cx, this: &StringIo) -> Result<bool> {
        this.check(cx).map(|_| true)
    }

    #[method("")]
    fn seekable(cx: &mut Cx, this: &StringIo) -> Result<bool> {
        this.check(cx).map(|_| true)
    }
}

/// Writes text to a StringIO of this module, if `stream` is one. For `print`.
pub fn write_string_io(cx: &mut Cx, stream: Value, text: &[u8]) -> Result<bool> {
    let Some(s) = native::<StringIo>(stream) else {
        return Ok(false);
    };
    s.check(cx)?;
    if !text.is_empty() {
        s.write(cx, text)?;
    }
    Ok(true)
}
