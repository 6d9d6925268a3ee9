//! `makefile`: files on sockets. The raw layer is `socket.SocketIO`; buffers and text are those of `io`, which read and
//! write a socket file directly.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::slot::Slot;
use gscript_vm::object::str::Str;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

use super::core::{Core, as_core};
use crate::io;
use crate::io::base::{closed_error, fill, room, unsupported};
use crate::io::buffered::{self, Buffered};
use crate::io::text::{TextIo, TextOptions};

/// An open file on a socket, shared by the objects on top of each other.
pub struct SocketFile {
    core: Rc<Core>,
    is_closed: Cell<bool>,
    has_timed_out: Cell<bool>,
    /// The end of the stream was read, and nothing can be written: no descriptor is needed any more.
    is_at_end: Cell<bool>,
    reads: bool,
    writes: bool,
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if !self.is_closed.get() {
            self.core.file_freed(self.is_at_end.get());
        }
    }
}

impl SocketFile {
    pub fn is_closed(&self) -> bool {
        self.is_closed.get()
    }

    fn check(&self, cx: &mut Cx, allowed: bool, what: &str) -> Result<()> {
        if self.is_closed() {
            return Err(closed_error(cx));
        }
        if allowed { Ok(()) } else { Err(unsupported(cx, what)) }
    }

    /// Reads once, up to `max` bytes, behind `out`. `None`: nothing there yet, and the socket does not wait.
    pub fn read(&self, cx: &mut Cx, max: usize, out: &mut Vec<u8>) -> Result<Option<usize>> {
        self.check(cx, self.reads, "File or stream is not readable.")?;
        if self.has_timed_out.get() {
            let class = cx.types.os_error;
            return Err(cx.raise(class, "cannot read from timed out object"));
        }
        if self.is_at_end.get() {
            return Ok(Some(0));
        }
        match self.core.recv_to(cx, max, 0, out) {
            Ok(0) if max > 0 && !self.writes && self.core.kind.get() == libc::SOCK_STREAM => {
                if !self.is_at_end.replace(true) {
                    self.core.file_ended(cx)?;
                }
                Ok(Some(0))
            }
            Ok(n) => Ok(Some(n)),
            Err(r) => self.failed(cx, r),
        }
    }

    /// What an error of a read means.
    fn failed(&self, cx: &mut Cx, r: Raised) -> Result<Option<usize>> {
        if cx.pending_is(cx.types.blocking_io_error) {
            cx.take_pending(r);
            return Ok(None);
        }
        if cx.pending_is(cx.types.timeout_error) {
            self.has_timed_out.set(true);
        }
        Err(r)
    }

    /// Writes everything; what could not be written stays in `data`.
    pub fn write_all(&self, cx: &mut Cx, data: &mut Vec<u8>) -> Result<()> {
        self.check(cx, self.writes, "File or stream is not writable.")?;
        match self.core.send_buffer(cx, data) {
            Ok(()) => {
                data.clear();
                Ok(())
            }
            Err((done, r)) => {
                data.drain(..done);
                if !cx.pending_is(cx.types.blocking_io_error) {
                    return Err(r);
                }
                cx.take_pending(r);
                Err(cx.os_error_with(libc::EAGAIN, "write could not complete without blocking", None))
            }
        }
    }

    /// What was not flushed when the file was freed.
    pub fn write_rest(&self, data: &[u8]) {
        if !self.is_closed() {
            self.core.send_rest(data);
        }
    }

    /// Closes the file; with the last one of a closed socket the connection.
    pub fn close(&self, cx: &mut Cx) -> Result<()> {
        if self.is_closed.replace(true) { Ok(()) } else { self.core.file_closed(cx, self.is_at_end.get()) }
    }
}

/// The body of a `SocketIO`.
pub struct SocketIo {
    file: RefCell<Option<Rc<SocketFile>>>,
    socket: Slot,
}

impl Native for SocketIo {
    fn trace(&self, m: &mut Marker<'_>) {
        self.socket.trace(m);
    }
}

/// The file behind a `SocketIO`.
pub fn socket_file(v: Value) -> Option<Rc<SocketFile>> {
    native::<SocketIo>(v).and_then(|s| s.file.borrow().clone())
}

/// The class `SocketIO`.
pub fn socket_io_class(cx: &mut Cx) -> Result<Gc<Type>> {
    let base = io::classes(cx)?.raw_base;
    Ok(cx.native_subclass(&socket_io::NATIVE, base))
}

/// Arguments of `makefile`.
pub struct FileOptions<'a> {
    pub mode: &'a str,
    pub buffering: Option<i64>,
    pub encoding: Option<Value>,
    pub errors: Option<Value>,
    pub newline: Option<&'a str>,
}

/// `makefile()`: a file on the socket, in the mode asked for.
pub fn make_file(cx: &mut Cx, socket: Value, o: &FileOptions<'_>) -> Result<Value> {
    if !o.mode.chars().all(|c| "rwb".contains(c)) {
        let shown = cx.str(o.mode).value();
        let shown = cx.repr(shown)?.lossy().into_owned();
        return Err(cx.value_error(format!("invalid mode {shown} (only r, w, b allowed)")));
    }
    let Some(core) = as_core(socket) else {
        return Err(cx.type_error("a socket is required"));
    };
    let writes = o.mode.contains('w');
    let reads = o.mode.contains('r') || !writes;
    let is_binary = o.mode.contains('b');
    let class = socket_io_class(cx)?;
    let raw = NativeObject::alloc(cx, class, Box::new(SocketIo { file: RefCell::new(None), socket: Slot::new(None) }));
    if let Some(s) = native::<SocketIo>(raw.value()) {
        s.socket.set(raw, Some(socket));
        open(s, core, reads, writes);
    }
    let raw = raw.value();
    let size = match o.buffering {
        Some(0) if is_binary => return Ok(raw),
        Some(0) => {
            if let Some(f) = socket_file(raw) {
                f.close(cx)?;
            }
            return Err(cx.value_error("unbuffered streams must be binary"));
        }
        Some(n) if n > 0 => n as usize,
        _ => buffered::DEFAULT_SIZE,
    };
    let classes = io::classes(cx)?;
    let make = |cx: &mut Cx, class: Gc<Type>, reads: bool, writes: bool| {
        let b = NativeObject::alloc(cx, class, Box::new(Buffered::default()));
        if let Some(body) = native::<Buffered>(b.value()) {
            body.start(cx, b, raw, size, reads, writes);
            if let (true, Some(f), Some(buffers)) = (writes, socket_file(raw), body.buffers()) {
                f.core.remember(&buffers);
            }
        }
        b.value()
    };
    let buffer = match (reads, writes) {
        (true, true) => {
            let reader = make(cx, classes.reader, true, false);
            let writer = make(cx, classes.writer, false, true);
            io::pair::new_pair(cx, reader, writer)?
        }
        (true, false) => make(cx, classes.reader, true, false),
        _ => make(cx, classes.writer, false, true),
    };
    if is_binary {
        return Ok(buffer);
    }
    // Text goes to the buffer of bytes at once: so it is sent even if the file is forgotten.
    let text = NativeObject::alloc(cx, classes.text, Box::new(TextIo::default()));
    if let Some(t) = native::<TextIo>(text.value()) {
        let options = TextOptions { encoding: o.encoding, errors: o.errors, newline: o.newline, is_line_buffered: false, writes_through: true };
        t.start(cx, text, buffer, &options)?;
        let mode = cx.str(o.mode).value();
        t.set_mode(text, mode);
    }
    Ok(text.value())
}

fn open(s: &SocketIo, core: Rc<Core>, reads: bool, writes: bool) {
    core.file_opened();
    *s.file.borrow_mut() =
        Some(Rc::new(SocketFile { core, is_closed: Cell::new(false), has_timed_out: Cell::new(false), is_at_end: Cell::new(false), reads, writes }));
}

/// Raw I/O implementation for stream sockets: the file that makefile() puts its buffers on.
#[class("socket.SocketIO")]
pub mod socket_io {
    use super::*;
    use gscript_vm::convert::Kwargs;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(SocketIo { file: RefCell::new(None), socket: Slot::new(None) })).value())
    }

    #[method(name = "__init__", "sock, mode")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, sock: Value, mode: String) -> Result<()> {
        let (reads, writes) = match mode.as_str() {
            "r" | "rb" => (true, false),
            "w" | "wb" => (false, true),
            "rw" | "rwb" => (true, true),
            _ => return Err(cx.value_error(format!("invalid mode: '{mode}'"))),
        };
        let Some(core) = as_core(sock) else {
            return Err(cx.type_error("a socket is required"));
        };
        if let Some(s) = native::<SocketIo>(this.value()) {
            s.socket.set(this, Some(sock));
            open(s, core, reads, writes);
        }
        Ok(())
    }

    fn file(cx: &mut Cx, this: &SocketIo) -> Result<Rc<SocketFile>> {
        match &*this.file.borrow() {
            Some(f) => Ok(f.clone()),
            None => Err(closed_error(cx)),
        }
    }

    /// Reads up to len(b) bytes into the writable buffer b; how many.
    #[method("b, /")]
    fn readinto(cx: &mut Cx, this: &SocketIo, b: Value) -> Result<Value> {
        let f = file(cx, this)?;
        let n = room(cx, b, "readinto")?;
        let mut out = Vec::new();
        match f.read(cx, n, &mut out)? {
            Some(_) => {
                let n = fill(cx, b, &out)?;
                Ok(cx.int(n as i64))
            }
            None => Ok(Value::NONE),
        }
    }

    /// Writes the bytes b to the socket; how many were written, which may be fewer.
    #[method("b, /")]
    fn write(cx: &mut Cx, this: &SocketIo, b: Value) -> Result<Value> {
        let f = file(cx, this)?;
        f.check(cx, f.writes, "File or stream is not writable.")?;
        if bytes_of(b).is_none() {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(b));
            return Err(cx.type_error(text));
        }
        match f.core.send(cx, b, 0) {
            Ok(n) => Ok(cx.int(n as i64)),
            Err(r) if cx.pending_is(cx.types.blocking_io_error) => {
                cx.take_pending(r);
                Ok(Value::NONE)
            }
            Err(r) => Err(r),
        }
    }

    #[method("")]
    fn readable(cx: &mut Cx, this: &SocketIo) -> Result<bool> {
        let f = file(cx, this)?;
        f.check(cx, true, "")?;
        Ok(f.reads)
    }

    #[method("")]
    fn writable(cx: &mut Cx, this: &SocketIo) -> Result<bool> {
        let f = file(cx, this)?;
        f.check(cx, true, "")?;
        Ok(f.writes)
    }

    #[method("")]
    fn seekable(cx: &mut Cx, this: &SocketIo) -> Result<bool> {
        file(cx, this)?.check(cx, true, "")?;
        Ok(false)
    }

    /// The file descriptor of the underlying socket.
    #[method("")]
    fn fileno(cx: &mut Cx, this: &SocketIo) -> Result<i32> {
        let f = file(cx, this)?;
        f.check(cx, true, "")?;
        Ok(f.core.fd())
    }

    #[method("")]
    fn close(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        let Some(s) = native::<SocketIo>(this.value()) else { return Ok(()) };
        let f = s.file.borrow().clone();
        let r = f.map_or(Ok(()), |f| f.close(cx));
        s.socket.set(this, None);
        r
    }

    #[getter]
    fn closed(this: &SocketIo) -> bool {
        this.file.borrow().as_ref().is_none_or(|f| f.is_closed())
    }

    #[getter]
    fn mode(this: &SocketIo) -> &'static str {
        match this.file.borrow().as_ref() {
            Some(f) if f.reads && f.writes => "rwb",
            Some(f) if f.writes => "wb",
            _ => "rb",
        }
    }

    #[getter]
    fn name(this: &SocketIo) -> i32 {
        this.file.borrow().as_ref().filter(|f| !f.is_closed()).map_or(-1, |f| f.core.fd())
    }

    #[getter]
    fn _sock(this: &SocketIo) -> Value {
        this.socket.get().unwrap_or(Value::NONE)
    }
}

/// Text of an argument that may be None.
pub fn text_argument(v: Option<Gc<Str>>) -> Option<Value> {
    v.map(|s| s.value())
}
