//! `io.BufferedReader`, `BufferedWriter`, `BufferedRandom`: buffers over a raw stream.
//!
//! Over a [`FileIo`] everything happens here without calls of methods; over a script's raw class through its methods.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::{IS_SCRIPT, Type};
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::Slot;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::base::{check_open, fill, is_closed, room, size_arg, unsupported};
use super::file::{FileIo, read_to_end};
use super::stream::{Buffers, OpenBuffers};
use super::wait;
use crate::platform::fd;
use crate::socket::file::socket_file;

/// Bytes of a buffer unless the caller says otherwise.
pub const DEFAULT_SIZE: usize = 8192;

/// The body of a buffered stream.
pub struct Buffered {
    raw: Slot,
    buffers: RefCell<Option<Rc<Buffers>>>,
    pub reads: Cell<bool>,
    pub writes: Cell<bool>,
}

impl Default for Buffered {
    fn default() -> Buffered {
        Buffered { raw: Slot::new(None), buffers: RefCell::new(None), reads: Cell::new(false), writes: Cell::new(false) }
    }
}

impl Native for Buffered {
    fn trace(&self, m: &mut Marker<'_>) {
        self.raw.trace(m);
    }
}

/// A buffered object in use: the value, its body, its buffers, its raw stream.
#[derive(Clone)]
pub struct Stream {
    pub this: Value,
    pub buffers: Rc<Buffers>,
    pub raw: Value,
    reads: bool,
    writes: bool,
}

impl Buffered {
    /// Puts it over `raw`.
    pub fn start(&self, cx: &mut Cx, this: Gc<NativeObject>, raw: Value, size: usize, reads: bool, writes: bool) {
        let is_script = cx.class_of(raw).has_flag(IS_SCRIPT);
        let file = native::<FileIo>(raw).filter(|_| !is_script).and_then(|f| f.file.borrow().clone());
        let socket = socket_file(raw).filter(|_| !is_script);
        let buffers = Buffers::new(file, socket, size);
        if writes {
            OpenBuffers::add(cx, &buffers);
        }
        self.raw.set(this, Some(raw));
        *self.buffers.borrow_mut() = Some(buffers);
        self.reads.set(reads);
        self.writes.set(writes);
    }

    /// The buffers.
    pub fn buffers(&self) -> Option<Rc<Buffers>> {
        self.buffers.borrow().clone()
    }

    /// The buffers, when everything can be done without methods.
    pub fn native_buffers(&self) -> Option<Rc<Buffers>> {
        self.buffers.borrow().clone().filter(|b| b.file.is_some())
    }
}

/// The stream behind a buffered object, open or not.
fn stream(cx: &mut Cx, this: Value) -> Result<Stream> {
    let Some(b) = native::<Buffered>(this) else {
        return Err(cx.type_error("a buffered stream is required"));
    };
    let parts = b.buffers.borrow().clone().zip(b.raw.get());
    match parts {
        Some((buffers, raw)) => Ok(Stream { this, buffers, raw, reads: b.reads.get(), writes: b.writes.get() }),
        None => Err(cx.value_error("raw stream has been detached")),
    }
}

/// The stream behind a buffered object that is open.
pub fn open_stream(cx: &mut Cx, this: Value, doing: &str) -> Result<Stream> {
    let s = stream(cx, this)?;
    if s.is_closed(cx)? {
        return Err(cx.value_error(format!("{doing} closed file")));
    }
    Ok(s)
}

impl Stream {
    fn is_closed(&self, cx: &mut Cx) -> Result<bool> {
        match self.buffers.is_closed() {
            Some(b) => Ok(b),
            None => is_closed(cx, self.raw),
        }
    }

    /// RuntimeError when another greenlet waits inside this stream.
    fn check_free(&self, cx: &mut Cx) -> Result<()> {
        if self.buffers.is_busy.get() {
            let shown = cx.repr(self.this)?.lossy().into_owned();
            return Err(cx.runtime_error(format!("reentrant call inside {shown}")));
        }
        Ok(())
    }

    /// Keeps other greenlets out while this one may wait.
    fn enter(&self, cx: &mut Cx) -> Result<()> {
        self.check_free(cx)?;
        self.buffers.is_busy.set(true);
        Ok(())
    }

    /// Reads once from below, up to `max` bytes, behind `out`. `None`: nothing there yet.
    fn raw_read(&self, cx: &mut Cx, max: usize, out: &mut Vec<u8>) -> Result<Option<usize>> {
        self.enter(cx)?;
        let r = self.raw_read_alone(cx, max, out);
        self.buffers.is_busy.set(false);
        r
    }

    fn raw_read_alone(&self, cx: &mut Cx, max: usize, out: &mut Vec<u8>) -> Result<Option<usize>> {
        if let Some(s) = &self.buffers.socket {
            return s.read(cx, max, out);
        }
        let at = out.len();
        match &self.buffers.file {
            Some(f) => {
                out.resize(at + max, 0);
                let r = wait::read(cx, f.fd(), &mut out[at..]);
                out.truncate(at + r.as_ref().map_or(0, |n| n.unwrap_or(0)));
                r
            }
            None => {
                let target = cx.bytearray(&[]);
                cx.bytearray_resize(target, max);
                let n = cx.call_method(self.raw, "readinto", &[target.value()])?;
                if n.is_none() {
                    return Ok(None);
                }
                let n = cx.index(n)?.as_int().unwrap_or(-1);
                if n < 0 || n as usize > max {
                    let class = cx.types.os_error;
                    return Err(cx.raise(class, &format!("raw readinto() returned invalid length {n} (should have been between 0 and {max})")));
                }
                out.extend_from_slice(&target.bytes()[..(n as usize).min(target.len())]);
                Ok(Some(n as usize))
            }
        }
    }

    /// Fills the empty input buffer once; the bytes in it then. `None`: nothing there yet.
    fn refill(&self, cx: &mut Cx) -> Result<Option<usize>> {
        let mut data = {
            let mut input = self.buffers.input.borrow_mut();
            input.at = 0;
            std::mem::take(&mut input.data)
        };
        data.clear();
        let r = self.raw_read(cx, self.buffers.size, &mut data);
        let mut input = self.buffers.input.borrow_mut();
        // Another greenlet may have read meanwhile: its bytes came first.
        if input.data.is_empty() {
            input.data = data;
            input.at = 0;
        } else {
            let more = std::mem::take(&mut data);
            input.data.extend_from_slice(&more);
        }
        r
    }

    fn check_reads(&self, cx: &mut Cx, what: &str) -> Result<()> {
        if !self.reads {
            return Err(unsupported(cx, what));
        }
        self.check_free(cx)?;
        // What was written comes before what is read.
        if self.writes { self.flush(cx) } else { Ok(()) }
    }

    /// Takes up to `n` bytes out of the input buffer.
    fn take(&self, n: usize, out: &mut Vec<u8>) -> usize {
        let mut input = self.buffers.input.borrow_mut();
        let n = n.min(input.rest().len());
        out.extend_from_slice(&input.rest()[..n]);
        input.at += n;
        n
    }

    /// Reads `n` bytes, fewer at the end; `None` reads everything. False: nothing there yet.
    pub fn read(&self, cx: &mut Cx, n: Option<usize>, out: &mut Vec<u8>) -> Result<bool> {
        self.check_reads(cx, "read")?;
        let Some(n) = n else {
            self.take(usize::MAX, out);
            return match &self.buffers.file {
                Some(f) => read_to_end(cx, f, out).map(|b| b || !out.is_empty()),
                None if self.buffers.socket.is_some() => loop {
                    match self.raw_read(cx, (out.len() / 2).clamp(8192, 1 << 20), out)? {
                        Some(0) => break Ok(true),
                        Some(_) => {}
                        None => break Ok(!out.is_empty()),
                    }
                },
                None => {
                    let all = match cx.try_attr_text(self.raw, "readall")? {
                        Some(f) => cx.call(f, &[])?,
                        None => cx.call_method(self.raw, "read", &[])?,
                    };
                    match bytes_of(all) {
                        Some(b) => out.extend_from_slice(b),
                        None if all.is_none() => return Ok(!out.is_empty()),
                        None => return Err(cx.type_error("readall() should return bytes")),
                    }
                    Ok(true)
                }
            };
        };
        let mut left = n - self.take(n, out);
        while left > 0 {
            if left >= self.buffers.size {
                // Past the buffer.
                match self.raw_read(cx, left.min(1 << 24), out)? {
                    Some(0) => return Ok(true),
                    Some(k) => left -= k,
                    None => return Ok(!out.is_empty()),
                }
                continue;
            }
            match self.refill(cx)? {
                None => return Ok(!out.is_empty()),
                Some(0) if self.buffers.input.borrow().rest().is_empty() => return Ok(true),
                Some(_) => left -= self.take(left, out),
            }
        }
        Ok(true)
    }

    /// Reads with one call from below at most.
    pub fn read1(&self, cx: &mut Cx, n: usize, out: &mut Vec<u8>) -> Result<bool> {
        self.check_reads(cx, "read1")?;
        if n == 0 || self.take(n, out) > 0 {
            return Ok(true);
        }
        if n >= self.buffers.size {
            return Ok(self.raw_read(cx, n, out)?.is_some());
        }
        let r = self.refill(cx)?;
        self.take(n, out);
        Ok(r.is_some())
    }

    /// Reads a line, at most `limit` bytes.
    pub fn read_line(&self, cx: &mut Cx, limit: Option<usize>, out: &mut Vec<u8>) -> Result<()> {
        self.check_reads(cx, "readline")?;
        loop {
            {
                let mut input = self.buffers.input.borrow_mut();
                let room = limit.map_or(usize::MAX, |n| n - out.len());
                let rest = input.rest();
                let rest = &rest[..rest.len().min(room)];
                let end = memchr::memchr(b'\n', rest).map(|n| n + 1);
                let n = end.unwrap_or(rest.len());
                out.extend_from_slice(&rest[..n]);
                input.at += n;
                if end.is_some() || limit.is_some_and(|l| out.len() >= l) {
                    return Ok(());
                }
            }
            match self.refill(cx)? {
                None => return Ok(()),
                Some(0) if self.buffers.input.borrow().rest().is_empty() => return Ok(()),
                Some(_) => {}
            }
        }
    }

    /// Buffers bytes to be written.
    pub fn write(&self, cx: &mut Cx, data: &[u8]) -> Result<()> {
        if !self.writes {
            return Err(unsupported(cx, "write"));
        }
        self.check_free(cx)?;
        if self.reads {
            self.drop_input(cx)?;
        }
        if self.buffers.output.borrow().len() + data.len() > self.buffers.size {
            self.flush_output(cx)?;
        }
        self.buffers.output.borrow_mut().extend_from_slice(data);
        if data.len() < self.buffers.size {
            return Ok(());
        }
        let done = self.flush_output(cx);
        if done.is_err() && data.len() > self.buffers.size {
            // CPython writes this past its buffer, so nobody will try it again.
            self.buffers.output.borrow_mut().clear();
        }
        done
    }

    /// Forgets what was read ahead: the position below goes back to where the script is.
    fn drop_input(&self, cx: &mut Cx) -> Result<()> {
        let ahead = self.buffers.input.borrow().rest().len();
        self.buffers.input.borrow_mut().clear();
        if ahead > 0 {
            self.raw_seek(cx, -(ahead as i64), 1)?;
        }
        Ok(())
    }

    fn flush_output(&self, cx: &mut Cx) -> Result<()> {
        self.check_free(cx)?;
        if self.buffers.output.borrow().is_empty() {
            return Ok(());
        }
        self.enter(cx)?;
        let r = self.flush_output_alone(cx);
        self.buffers.is_busy.set(false);
        r
    }

    fn flush_output_alone(&self, cx: &mut Cx) -> Result<()> {
        if let Some(s) = &self.buffers.socket {
            let mut data = self.buffers.output.take();
            let r = s.write_all(cx, &mut data);
            // Another greenlet may have written meanwhile: that comes behind.
            let mut output = self.buffers.output.borrow_mut();
            data.append(&mut output);
            *output = data;
            return r;
        }
        if let Some(f) = self.buffers.file.as_ref().filter(|f| f.may_wait()) {
            let mut data = self.buffers.output.take();
            let mut r = Ok(Some(0));
            while !data.is_empty() && matches!(r, Ok(Some(_))) {
                r = wait::write(cx, f.fd(), &data);
                if let Ok(Some(n)) = r {
                    data.drain(..n);
                }
            }
            let mut output = self.buffers.output.borrow_mut();
            data.append(&mut output);
            *output = data;
            drop(output);
            return match r {
                Ok(Some(_)) => Ok(()),
                Ok(None) => Err(self.would_block(cx)),
                Err(r) => Err(r),
            };
        }
        loop {
            if self.buffers.output.borrow().is_empty() {
                return Ok(());
            }
            match &self.buffers.file {
                Some(_) => match self.buffers.flush_checked(cx)? {
                    Ok(()) => return Ok(()),
                    Err(e) if e.raw_os_error() == Some(libc::EAGAIN) => {
                        return Err(self.would_block(cx));
                    }
                    Err(e) => return Err(cx.io_error(&e, None)),
                },
                None => {
                    let data = self.buffers.output.borrow().clone();
                    let b = cx.bytes(&data).value();
                    let n = cx.call_method(self.raw, "write", &[b])?;
                    if n.is_none() {
                        return Err(self.would_block(cx));
                    }
                    let n = cx.index(n)?.as_int().unwrap_or(-1);
                    if n < 0 || n as usize > data.len() {
                        let class = cx.types.os_error;
                        let text = format!("raw write() returned invalid length {n} (should have been between 0 and {})", data.len());
                        return Err(cx.raise(class, &text));
                    }
                    let mut output = self.buffers.output.borrow_mut();
                    let n = (n as usize).min(output.len());
                    output.drain(..n);
                }
            }
        }
    }

    fn would_block(&self, cx: &mut Cx) -> gscript_vm::vm::Raised {
        cx.os_error_with(libc::EAGAIN, "write could not complete without blocking", None)
    }

    /// Writes what waits.
    pub fn flush(&self, cx: &mut Cx) -> Result<()> {
        self.flush_output(cx)
    }

    fn raw_seek(&self, cx: &mut Cx, offset: i64, whence: i32) -> Result<i64> {
        match &self.buffers.file {
            Some(f) => fd::seek(f.fd(), offset, whence).map_err(|e| cx.io_error(&e, None)),
            None => {
                let (o, w) = (cx.int(offset), Value::int32(whence));
                let v = cx.call_method(self.raw, "seek", &[o, w])?;
                Ok(cx.index(v)?.as_int().unwrap_or(0))
            }
        }
    }

    /// Moves the position.
    pub fn seek(&self, cx: &mut Cx, offset: i64, whence: i32) -> Result<i64> {
        if !(0..=4).contains(&whence) {
            return Err(cx.value_error(format!("whence value {whence} unsupported")));
        }
        self.check_seekable(cx)?;
        self.flush(cx)?;
        let ahead = self.buffers.input.borrow().rest().len() as i64;
        let offset = if whence == 1 { offset - ahead } else { offset };
        self.buffers.input.borrow_mut().clear();
        self.raw_seek(cx, offset, whence)
    }

    fn check_seekable(&self, cx: &mut Cx) -> Result<()> {
        let ok = match &self.buffers.file {
            Some(f) => f.is_seekable(),
            None => {
                let v = cx.call_method(self.raw, "seekable", &[])?;
                cx.truth(v)?
            }
        };
        if ok { Ok(()) } else { Err(unsupported(cx, "File or stream is not seekable.")) }
    }

    /// The position.
    pub fn tell(&self, cx: &mut Cx) -> Result<i64> {
        let below = match &self.buffers.file {
            Some(_) => self.raw_seek(cx, 0, 1)?,
            None => {
                let v = cx.call_method(self.raw, "tell", &[])?;
                cx.index(v)?.as_int().unwrap_or(0)
            }
        };
        let at = below - self.buffers.input.borrow().rest().len() as i64 + self.buffers.output.borrow().len() as i64;
        Ok(at)
    }
}

/// `read(size)` as CPython checks it.
fn read_size(cx: &mut Cx, v: Option<Value>) -> Result<Option<usize>> {
    if let Some(n) = v.and_then(|v| v.as_int()).filter(|n| *n < -1) {
        let _ = n;
        return Err(cx.value_error("read length must be non-negative or -1"));
    }
    size_arg(cx, v)
}

/// What the three classes share.
#[class("_io._Buffered")]
pub mod common {
    use super::*;
    use gscript_vm::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(Buffered::default())).value())
    }

    #[method("")]
    fn flush(cx: &mut Cx, this: Value) -> Result<()> {
        let s = open_stream(cx, this, "flush of")?;
        if s.reads && s.writes {
            s.flush(cx)?;
            return s.drop_input(cx);
        }
        s.flush(cx)
    }

    #[method("")]
    fn close(cx: &mut Cx, this: Value) -> Result<()> {
        let s = stream(cx, this)?;
        if s.is_closed(cx)? {
            return Ok(());
        }
        let flushed = if cx.class_of(this).has_flag(IS_SCRIPT) { cx.call_method(this, "flush", &[]).map(|_| ()) } else { s.flush(cx) };
        match flushed {
            Ok(()) => cx.call_method(s.raw, "close", &[]).map(|_| ()),
            Err(r) => {
                let e = cx.take_pending(r);
                s.buffers.output.borrow_mut().clear();
                cx.call_method(s.raw, "close", &[])?;
                Err(cx.reraise(e))
            }
        }
    }

    #[method("")]
    fn detach(cx: &mut Cx, this: Value) -> Result<Value> {
        let s = stream(cx, this)?;
        s.flush(cx)?;
        if let Some(b) = native::<Buffered>(this) {
            *b.buffers.borrow_mut() = None;
        }
        Ok(s.raw)
    }

    #[getter]
    fn raw(cx: &mut Cx, this: Value) -> Result<Value> {
        Ok(stream(cx, this)?.raw)
    }

    #[getter]
    fn closed(cx: &mut Cx, this: Value) -> Result<bool> {
        stream(cx, this)?.is_closed(cx)
    }

    #[getter]
    fn name(cx: &mut Cx, this: Value) -> Result<Value> {
        let raw = stream(cx, this)?.raw;
        cx.get_attr_text(raw, "name")
    }

    #[getter]
    fn mode(cx: &mut Cx, this: Value) -> Result<Value> {
        let raw = stream(cx, this)?.raw;
        cx.get_attr_text(raw, "mode")
    }

    #[method("")]
    fn fileno(cx: &mut Cx, this: Value) -> Result<Value> {
        let raw = stream(cx, this)?.raw;
        cx.call_method(raw, "fileno", &[])
    }

    #[method("")]
    fn isatty(cx: &mut Cx, this: Value) -> Result<Value> {
        let raw = stream(cx, this)?.raw;
        cx.call_method(raw, "isatty", &[])
    }

    #[method("")]
    fn seekable(cx: &mut Cx, this: Value) -> Result<Value> {
        let raw = stream(cx, this)?.raw;
        cx.call_method(raw, "seekable", &[])
    }

    #[method("target, whence=0, /")]
    fn seek(cx: &mut Cx, this: Value, target: i64, whence: Option<i32>) -> Result<i64> {
        let s = open_stream(cx, this, "seek of")?;
        s.seek(cx, target, whence.unwrap_or(0))
    }

    #[method("")]
    fn tell(cx: &mut Cx, this: Value) -> Result<i64> {
        let s = stream(cx, this)?;
        if s.buffers.file.as_ref().is_some_and(|f| f.is_closed()) {
            return Err(cx.value_error("I/O operation on closed file"));
        }
        s.tell(cx)
    }

    #[method("pos=None, /")]
    fn truncate(cx: &mut Cx, this: Value, pos: Option<Value>) -> Result<Value> {
        let s = open_stream(cx, this, "truncate of")?;
        if !s.writes {
            return Err(unsupported(cx, "truncate"));
        }
        s.flush(cx)?;
        let pos = match pos {
            Some(p) => p,
            None => {
                let at = s.tell(cx)?;
                cx.int(at)
            }
        };
        cx.call_method(s.raw, "truncate", &[pos])
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Value) -> Result<Value> {
        let class = cx.class_of(this);
        let class = cx.class_display_name(class);
        let mut out = format!("<{class}").into_bytes();
        if let Ok(s) = stream(cx, this) {
            if let Some(name) = cx.try_attr_text(s.raw, "name")? {
                out.extend_from_slice(b" name=");
                cx.push_repr(&mut out, name)?;
            }
        }
        out.push(b'>');
        Ok(cx.str_from_bytes(&out).value())
    }
}

/// The methods of streams that are read.
#[class("_io._Reading")]
pub mod reading {
    use super::*;

    #[method("")]
    fn readable(cx: &mut Cx, this: Value) -> Result<Value> {
        let raw = stream(cx, this)?.raw;
        cx.call_method(raw, "readable", &[])
    }

    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let n = read_size(cx, size)?;
        let s = open_stream(cx, this, "read of")?;
        let mut out = Vec::new();
        match s.read(cx, n, &mut out)? {
            true => Ok(cx.bytes(&out).value()),
            false => Ok(Value::NONE),
        }
    }

    #[method("size=-1, /")]
    fn read1(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        let s = open_stream(cx, this, "read of")?;
        let mut out = Vec::new();
        s.read1(cx, n.unwrap_or(s.buffers.size), &mut out)?;
        Ok(cx.bytes(&out).value())
    }

    #[method("size=0, /")]
    fn peek(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let _ = size;
        let s = open_stream(cx, this, "peek of")?;
        s.check_reads(cx, "peek")?;
        if s.buffers.input.borrow().rest().is_empty() {
            s.refill(cx)?;
        }
        let ahead = s.buffers.input.borrow().rest().to_vec();
        Ok(cx.bytes(&ahead).value())
    }

    #[method("buffer, /")]
    fn readinto(cx: &mut Cx, this: Value, buffer: Value) -> Result<Value> {
        let s = open_stream(cx, this, "readinto of")?;
        let n = room(cx, buffer, "readinto")?;
        let mut out = Vec::new();
        if !s.read(cx, Some(n), &mut out)? {
            return Ok(Value::NONE);
        }
        let n = fill(cx, buffer, &out)?;
        Ok(cx.int(n as i64))
    }

    #[method("buffer, /")]
    fn readinto1(cx: &mut Cx, this: Value, buffer: Value) -> Result<usize> {
        let s = open_stream(cx, this, "readinto1 of")?;
        let n = room(cx, buffer, "readinto1")?;
        let mut out = Vec::new();
        s.read1(cx, n, &mut out)?;
        fill(cx, buffer, &out)
    }

    #[method("size=-1, /")]
    fn readline(cx: &mut Cx, this: Value, size: Option<Value>) -> Result<Value> {
        let n = size_arg(cx, size)?;
        let s = open_stream(cx, this, "readline of")?;
        line(cx, &s, n)
    }

    #[method(name = "__next__", "")]
    fn next(cx: &mut Cx, this: Value) -> Result<Value> {
        let v = if cx.class_of(this).has_flag(IS_SCRIPT) {
            cx.call_method(this, "readline", &[])?
        } else {
            let s = open_stream(cx, this, "readline of")?;
            line(cx, &s, None)?
        };
        if cx.len(v)? == 0 {
            return Err(cx.stop_iteration(Value::NONE));
        }
        Ok(v)
    }

    fn line(cx: &mut Cx, s: &Stream, limit: Option<usize>) -> Result<Value> {
        // Most lines are in the buffer as a whole: no copy in between.
        if !s.writes && limit.is_none() {
            let found = {
                let mut input = s.buffers.input.borrow_mut();
                let start = input.at;
                memchr::memchr(b'\n', input.rest()).map(|n| {
                    input.at += n + 1;
                    (start, start + n + 1)
                })
            };
            if let Some((from, to)) = found.filter(|_| s.reads) {
                let buffers = s.buffers.clone();
                let input = buffers.input.borrow();
                return Ok(cx.bytes(&input.data[from..to]).value());
            }
        }
        let mut out = Vec::new();
        s.read_line(cx, limit, &mut out)?;
        Ok(cx.bytes(&out).value())
    }
}

/// The methods of streams that are written.
#[class("_io._Writing")]
pub mod writing {
    use super::*;

    #[method("")]
    fn writable(cx: &mut Cx, this: Value) -> Result<Value> {
        let raw = stream(cx, this)?.raw;
        cx.call_method(raw, "writable", &[])
    }

    #[method("buffer, /")]
    fn write(cx: &mut Cx, this: Value, buffer: Value) -> Result<usize> {
        let Some(data) = bytes_of(buffer) else {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(buffer));
            return Err(cx.type_error(text));
        };
        let s = open_stream(cx, this, "write to")?;
        // A script's raw class might change a bytearray meanwhile.
        let copy;
        let data = if s.buffers.file.is_none() && s.buffers.socket.is_none() || s.reads {
            copy = data.to_vec();
            &copy
        } else {
            data
        };
        s.write(cx, data)?;
        Ok(data.len())
    }
}

fn init(cx: &mut Cx, this: Gc<NativeObject>, raw: Value, size: Option<i64>, reads: bool, writes: bool) -> Result<()> {
    let Some(b) = native::<Buffered>(this.value()) else {
        return Ok(());
    };
    check_open(cx, raw)?;
    for (wanted, method, text) in [(reads, "readable", "File or stream is not readable."), (writes, "writable", "File or stream is not writable.")] {
        if wanted {
            let v = cx.call_method(raw, method, &[])?;
            if !cx.truth(v)? {
                return Err(unsupported(cx, text));
            }
        }
    }
    let size = size.unwrap_or(DEFAULT_SIZE as i64);
    if size <= 0 {
        return Err(cx.value_error("buffer size must be strictly positive"));
    }
    b.start(cx, this, raw, size as usize, reads, writes);
    Ok(())
}

/// Create a new buffered reader using the given readable raw IO object.
#[class("_io.BufferedReader")]
pub mod reader {
    use super::*;

    #[method(name = "__init__", "raw, buffer_size=8192")]
    fn init_(cx: &mut Cx, this: Gc<NativeObject>, raw: Value, buffer_size: Option<i64>) -> Result<()> {
        init(cx, this, raw, buffer_size, true, false)
    }
}

/// A buffer for a writeable sequential RawIO object.
#[class("_io.BufferedWriter")]
pub mod writer {
    use super::*;

    #[method(name = "__init__", "raw, buffer_size=8192")]
    fn init_(cx: &mut Cx, this: Gc<NativeObject>, raw: Value, buffer_size: Option<i64>) -> Result<()> {
        init(cx, this, raw, buffer_size, false, true)
    }
}

/// A buffered interface to random access streams.
#[class("_io.BufferedRandom")]
pub mod random {
    use super::*;

    #[method(name = "__init__", "raw, buffer_size=8192")]
    fn init_(cx: &mut Cx, this: Gc<NativeObject>, raw: Value, buffer_size: Option<i64>) -> Result<()> {
        let v = cx.call_method(raw, "seekable", &[])?;
        if !cx.truth(v)? {
            return Err(unsupported(cx, "File or stream is not seekable."));
        }
        init(cx, this, raw, buffer_size, true, true)
    }
}
