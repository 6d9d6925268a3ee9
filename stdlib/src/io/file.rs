//! `io.FileIO`: a file of the operating system without buffers.

use std::cell::{Cell, RefCell};
use std::ffi::CString;
use std::rc::Rc;

use gscript_macros::class;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{Native, NativeObject};
use gscript_vm::object::slot::Slot;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

use super::base::{closed_error, fill, room, size_arg, unsupported};
use super::stream::RawFile;
use crate::platform::fd;

/// What a mode such as `rb+` asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mode {
    pub reads: bool,
    pub writes: bool,
    pub creates: bool,
    pub appends: bool,
    pub truncates: bool,
    pub updates: bool,
}

impl Mode {
    /// As `FileIO.mode` shows it.
    pub fn shown(self) -> &'static str {
        match self {
            Mode { creates: true, reads: true, .. } => "xb+",
            Mode { creates: true, .. } => "xb",
            Mode { appends: true, reads: true, .. } => "ab+",
            Mode { appends: true, .. } => "ab",
            Mode { reads: true, writes: true, .. } => "rb+",
            Mode { reads: true, .. } => "rb",
            _ => "wb",
        }
    }

    fn flags(self) -> i32 {
        let mut flags = match (self.reads, self.writes) {
            (true, true) => libc::O_RDWR,
            (false, true) => libc::O_WRONLY,
            _ => libc::O_RDONLY,
        };
        for (is_set, flag) in
            [(self.creates, libc::O_CREAT | libc::O_EXCL), (self.truncates, libc::O_CREAT | libc::O_TRUNC), (self.appends, libc::O_CREAT | libc::O_APPEND)]
        {
            if is_set {
                flags |= flag;
            }
        }
        flags
    }

    /// Understands a raw mode; `None`: it is none.
    pub fn parse(text: &str) -> Option<Mode> {
        let mut m = Mode::default();
        let mut kinds = 0;
        for c in text.chars() {
            match c {
                'r' => m.reads = true,
                'w' => (m.writes, m.truncates) = (true, true),
                'a' => (m.writes, m.appends) = (true, true),
                'x' => (m.writes, m.creates) = (true, true),
                '+' if !m.updates => {
                    m.updates = true;
                    continue;
                }
                'b' => continue,
                _ => return None,
            }
            kinds += 1;
        }
        if kinds != 1 {
            return None;
        }
        if m.updates {
            (m.reads, m.writes) = (true, true);
        }
        Some(m)
    }
}

/// The body of a FileIO.
pub struct FileIo {
    pub file: RefCell<Option<Rc<RawFile>>>,
    pub mode: Cell<Mode>,
    name: Slot,
}

impl Default for FileIo {
    fn default() -> FileIo {
        FileIo { file: RefCell::new(None), mode: Cell::default(), name: Slot::new(None) }
    }
}

impl Native for FileIo {
    fn trace(&self, m: &mut Marker<'_>) {
        self.name.trace(m);
    }
}

impl FileIo {
    /// The open file, or ValueError.
    pub fn open_file(&self, cx: &mut Cx) -> Result<Rc<RawFile>> {
        match &*self.file.borrow() {
            Some(f) if !f.is_closed() => Ok(f.clone()),
            _ => Err(cx.value_error("I/O operation on closed file")),
        }
    }

    pub fn is_closed(&self) -> bool {
        self.file.borrow().as_ref().is_none_or(|f| f.is_closed())
    }

    pub fn name(&self) -> Option<Value> {
        self.name.get()
    }

    pub fn set_name(&self, owner: Gc<NativeObject>, v: Value) {
        self.name.set(owner, Some(v));
    }
}

/// A file name argument as the bytes that the system takes: str, bytes or what has `__fspath__`.
pub fn path_bytes(cx: &mut Cx, v: Value, what: &str) -> Result<Vec<u8>> {
    let name = if v.as_str_object().is_none() && bytes_of(v).is_none() {
        let key = cx.intern("__fspath__");
        let class = cx.class_of(v);
        match cx.lookup(class, key) {
            Some(_) => {
                let p = cx.call_method(v, "__fspath__", &[])?;
                if p.as_str_object().is_none() && !cx.is_instance(p, cx.types.bytes) {
                    let text = format!("expected {}.__fspath__() to return str or bytes, not {}", cx.type_name(v), cx.type_name(p));
                    return Err(cx.type_error(text));
                }
                p
            }
            None => {
                let text = format!("{what}, not {}", if v.is_none() { "NoneType".to_string() } else { cx.type_name(v) });
                return Err(cx.type_error(text));
            }
        }
    } else {
        v
    };
    let bytes = match name.as_str_object() {
        Some(s) => fs_bytes(cx, s)?,
        None => bytes_of(name).unwrap_or_default().to_vec(),
    };
    if bytes.contains(&0) {
        return Err(cx.value_error("embedded null byte"));
    }
    Ok(bytes)
}

/// Text as the bytes of a file name: surrogates that stand for bytes become these (PEP 383).
pub fn fs_bytes(cx: &mut Cx, s: Gc<gscript_vm::object::str::Str>) -> Result<Vec<u8>> {
    if s.is_valid() {
        return Ok(s.bytes().to_vec());
    }
    let errors = cx.str("surrogateescape");
    let b = cx.encode_str(s, None, Some(errors))?;
    Ok(b.bytes().to_vec())
}

/// Opens the file for a FileIO. `file` is a name or a descriptor.
fn open_raw(cx: &mut Cx, file: Value, mode: Mode, close_fd: bool, opener: Option<Value>) -> Result<Rc<RawFile>> {
    let flags = mode.flags();
    let is_number = file.as_int().is_some() || cx.is_instance(file, cx.types.int);
    if is_number {
        let n = match cx.index(file)?.as_int() {
            Some(n) if n < 0 => return Err(cx.value_error("negative file descriptor")),
            Some(n) if n <= i32::MAX as i64 => n as i32,
            _ => return Err(cx.overflow_error("Python int too large to convert to C int")),
        };
        let raw = RawFile::new(n, false);
        checked_kind(cx, &raw, file)?;
        return Ok(if close_fd { RawFile::new(n, true) } else { raw });
    }
    let path = path_bytes(cx, file, "expected str, bytes or os.PathLike object")?;
    if !close_fd {
        return Err(cx.value_error("Cannot use closefd=False with file name"));
    }
    super::stream::OpenBuffers::settle(cx, &path);
    let n = match opener {
        Some(opener) => {
            let flags = cx.int((flags | libc::O_CLOEXEC) as i64);
            let v = cx.call(opener, &[file, flags])?;
            let Some(n) = v.as_int() else {
                return Err(cx.type_error("expected integer from opener"));
            };
            if n < 0 {
                return Err(cx.value_error(format!("opener returned {n}")));
            }
            n as i32
        }
        None => open_descriptor(cx, &path, flags, 0o666)?.map_err(|e| os_error(cx, &e, Some(file)))?,
    };
    let raw = RawFile::new(n, true);
    checked_kind(cx, &raw, file)?;
    Ok(raw)
}

/// Opens; when there are too many open files, unreachable ones are closed and it is tried again. The outer error is what
/// signal handlers raise while it waits, as it does for the other end of a named pipe.
pub fn open_descriptor(cx: &mut Cx, path: &[u8], flags: i32, mode: u32) -> Result<std::io::Result<i32>> {
    let path = match CString::new(path) {
        Ok(p) => p,
        Err(e) => return Ok(Err(e.into())),
    };
    let mut has_collected = false;
    loop {
        match fd::open(&path, flags, mode) {
            Err(e) if e.raw_os_error() == Some(libc::EINTR) => cx.check_poll()?,
            Err(e) if matches!(e.raw_os_error(), Some(libc::EMFILE | libc::ENFILE)) && !has_collected => {
                has_collected = true;
                cx.collect(true);
            }
            r => return Ok(r),
        }
    }
}

fn checked_kind(cx: &mut Cx, raw: &RawFile, file: Value) -> Result<()> {
    match fd::kind(raw.fd()) {
        Ok(k) if k.is_folder() => Err(cx.os_error(libc::EISDIR, Some(file))),
        Ok(_) => Ok(()),
        Err(e) => Err(os_error(cx, &e, Some(file).filter(|f| f.as_str_object().is_some()))),
    }
}

/// An error of the system with a file name.
#[cold]
pub fn os_error(cx: &mut Cx, e: &std::io::Error, file: Option<Value>) -> Raised {
    cx.io_error(e, file)
}

/// Opens a FileIO object over `file`.
pub fn open_file_io(cx: &mut Cx, class: Gc<Type>, file: Value, mode: Mode, close_fd: bool, opener: Option<Value>) -> Result<Gc<NativeObject>> {
    let raw = open_raw(cx, file, mode, close_fd, opener)?;
    let body = FileIo::default();
    let object = NativeObject::alloc(cx, class, Box::new(body));
    if let Some(f) = gscript_vm::object::native::native::<FileIo>(object.value()) {
        start(f, object, raw, mode, file);
    }
    Ok(object)
}

fn start(f: &FileIo, object: Gc<NativeObject>, raw: Rc<RawFile>, mode: Mode, name: Value) {
    if mode.appends {
        // A pipe cannot.
        let _ = fd::seek(raw.fd(), 0, libc::SEEK_END);
    }
    f.mode.set(mode);
    *f.file.borrow_mut() = Some(raw);
    f.set_name(object, name);
}

/// Opens a file.
#[class("_io.FileIO")]
pub mod file_io {
    use super::*;
    use gscript_vm::convert::Kwargs;
    use gscript_vm::object::native::native;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(FileIo::default())).value())
    }

    #[method(name = "__init__", "file, mode='r', closefd=True, opener=None")]
    fn init(cx: &mut Cx, this: Gc<NativeObject>, file: Value, mode: Option<String>, closefd: Option<bool>, opener: Option<Value>) -> Result<()> {
        let Some(f) = native::<FileIo>(this.value()) else {
            return Ok(());
        };
        let text = mode.unwrap_or_else(|| "r".to_string());
        let Some(mode) = Mode::parse(&text) else {
            let is_known = text.chars().all(|c| "rwaxb+".contains(c));
            return Err(match is_known {
                true => cx.value_error("Must have exactly one of create/read/write/append mode and at most one plus"),
                false => cx.value_error(format!("invalid mode: {text}")),
            });
        };
        let raw = open_raw(cx, file, mode, closefd.unwrap_or(true), opener)?;
        start(f, this, raw, mode, file);
        Ok(())
    }

    #[method("size=-1, /")]
    fn read(cx: &mut Cx, this: &FileIo, size: Option<Value>) -> Result<Value> {
        let file = this.open_file(cx)?;
        if !this.mode.get().reads {
            return Err(unsupported(cx, "File not open for reading"));
        }
        let Some(n) = size_arg(cx, size)? else {
            return read_all(cx, &file);
        };
        let mut buf = vec![0; n];
        match crate::io::wait::read(cx, file.fd(), &mut buf)? {
            Some(n) => Ok(cx.bytes(&buf[..n]).value()),
            None => Ok(Value::NONE),
        }
    }

    #[method("")]
    fn readall(cx: &mut Cx, this: &FileIo) -> Result<Value> {
        let file = this.open_file(cx)?;
        read_all(cx, &file)
    }

    #[method("buffer, /")]
    fn readinto(cx: &mut Cx, this: &FileIo, buffer: Value) -> Result<Value> {
        let file = this.open_file(cx)?;
        if !this.mode.get().reads {
            return Err(unsupported(cx, "File not open for reading"));
        }
        let n = room(cx, buffer, "readinto")?;
        let mut buf = vec![0; n];
        match crate::io::wait::read(cx, file.fd(), &mut buf)? {
            Some(n) => {
                let n = fill(cx, buffer, &buf[..n])?;
                Ok(cx.int(n as i64))
            }
            None => Ok(Value::NONE),
        }
    }

    #[method("b, /")]
    fn write(cx: &mut Cx, this: &FileIo, b: Value) -> Result<Value> {
        let file = this.open_file(cx)?;
        if !this.mode.get().writes {
            return Err(unsupported(cx, "File not open for writing"));
        }
        let Some(data) = bytes_of(b) else {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(b));
            return Err(cx.type_error(text));
        };
        match crate::io::wait::write(cx, file.fd(), &data.to_vec())? {
            Some(n) => Ok(cx.int(n as i64)),
            None => Ok(Value::NONE),
        }
    }

    #[method("pos, whence=0, /")]
    fn seek(cx: &mut Cx, this: &FileIo, pos: i64, whence: Option<i32>) -> Result<i64> {
        let file = this.open_file(cx)?;
        fd::seek(file.fd(), pos, whence.unwrap_or(0)).map_err(|e| cx.io_error(&e, None))
    }

    #[method("")]
    fn tell(cx: &mut Cx, this: &FileIo) -> Result<i64> {
        let file = this.open_file(cx)?;
        fd::seek(file.fd(), 0, libc::SEEK_CUR).map_err(|e| cx.io_error(&e, None))
    }

    #[method("size=None, /")]
    fn truncate(cx: &mut Cx, this: &FileIo, size: Option<i64>) -> Result<i64> {
        let file = this.open_file(cx)?;
        if !this.mode.get().writes {
            return Err(unsupported(cx, "File not open for writing"));
        }
        let size = match size {
            Some(n) => n,
            None => fd::seek(file.fd(), 0, libc::SEEK_CUR).map_err(|e| cx.io_error(&e, None))?,
        };
        fd::truncate(file.fd(), size).map_err(|e| cx.io_error(&e, None))?;
        Ok(size)
    }

    #[method("")]
    fn close(cx: &mut Cx, this: Gc<NativeObject>) -> Result<()> {
        let Some(f) = native::<FileIo>(this.value()) else {
            return Ok(());
        };
        let file = f.file.borrow().clone();
        match file {
            Some(file) => file.close().map_err(|e| cx.io_error(&e, None)),
            None => Ok(()),
        }
    }

    #[method("")]
    fn fileno(cx: &mut Cx, this: &FileIo) -> Result<i32> {
        Ok(this.open_file(cx)?.fd())
    }

    #[method("")]
    fn isatty(cx: &mut Cx, this: &FileIo) -> Result<bool> {
        Ok(fd::is_terminal(this.open_file(cx)?.fd()))
    }

    #[method("")]
    fn readable(cx: &mut Cx, this: &FileIo) -> Result<bool> {
        this.open_file(cx)?;
        Ok(this.mode.get().reads)
    }

    #[method("")]
    fn writable(cx: &mut Cx, this: &FileIo) -> Result<bool> {
        this.open_file(cx)?;
        Ok(this.mode.get().writes)
    }

    #[method("")]
    fn seekable(cx: &mut Cx, this: &FileIo) -> Result<bool> {
        Ok(this.open_file(cx)?.is_seekable())
    }

    #[getter]
    fn closed(this: &FileIo) -> bool {
        this.is_closed()
    }

    #[getter]
    fn closefd(this: &FileIo) -> bool {
        this.file.borrow().as_ref().is_none_or(|f| f.closes_fd())
    }

    #[getter]
    fn mode(this: &FileIo) -> &'static str {
        this.mode.get().shown()
    }

    #[getter]
    fn name(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        match native::<FileIo>(this.value()).and_then(|f| f.name()) {
            Some(n) => Ok(n),
            None => Err(cx.no_attribute(this.value(), "name")),
        }
    }

    #[setter(name)]
    fn set_name(cx: &mut Cx, this: Gc<NativeObject>, v: Option<Value>) -> Result<()> {
        let _ = cx;
        if let (Some(f), Some(v)) = (native::<FileIo>(this.value()), v) {
            f.set_name(this, v);
        }
        Ok(())
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let Some(f) = native::<FileIo>(this.value()) else {
            return Ok(Value::NONE);
        };
        let class = cx.class_of(this.value());
        let class = cx.class_display_name(class);
        if f.is_closed() {
            return Ok(cx.str(&format!("<{class} [closed]>")).value());
        }
        let closefd = if f.file.borrow().as_ref().is_none_or(|f| f.closes_fd()) { "True" } else { "False" };
        let mut out = format!("<{class} name=").into_bytes();
        match f.name() {
            Some(n) => cx.push_repr(&mut out, n)?,
            None => out.extend_from_slice(b"None"),
        }
        out.extend_from_slice(format!(" mode='{}' closefd={closefd}>", f.mode.get().shown()).as_bytes());
        Ok(cx.str_from_bytes(&out).value())
    }

    #[getter]
    fn _blksize(this: &FileIo) -> i64 {
        this.file.borrow().as_ref().and_then(|f| fd::kind(f.fd()).ok()).map_or(8192, |k| k.block_size)
    }

    #[method(name = "__enter__", "")]
    fn enter(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        match native::<FileIo>(this.value()) {
            Some(f) if f.is_closed() => Err(closed_error(cx)),
            _ => Ok(this.value()),
        }
    }
}

/// Everything to the end of the file.
fn read_all(cx: &mut Cx, file: &RawFile) -> Result<Value> {
    let mut out = Vec::new();
    match read_to_end(cx, file, &mut out)? {
        true => Ok(cx.bytes(&out).value()),
        false => Ok(Value::NONE),
    }
}

/// Appends everything to the end of the file; false when there is nothing yet and reading does not wait.
pub fn read_to_end(cx: &mut Cx, file: &RawFile, out: &mut Vec<u8>) -> Result<bool> {
    // A regular file tells how much there is.
    let mut want = 8192;
    if let Ok(k) = fd::kind(file.fd()) {
        let at = fd::seek(file.fd(), 0, libc::SEEK_CUR).unwrap_or(0);
        if k.is_regular() && k.size > at {
            want = (k.size - at) as usize + 1;
        }
    }
    loop {
        let at = out.len();
        if out.try_reserve(want).is_err() {
            return Err(cx.memory_error(""));
        }
        out.resize(at + want, 0);
        let r = super::wait::read(cx, file.fd(), &mut out[at..]);
        let n = match r {
            Ok(n) => n,
            Err(e) => {
                out.truncate(at);
                return Err(e);
            }
        };
        out.truncate(at + n.unwrap_or(0));
        match n {
            None => return Ok(at > 0),
            Some(0) => return Ok(true),
            Some(_) => want = (out.len() / 2).clamp(8192, 1 << 24),
        }
    }
}
