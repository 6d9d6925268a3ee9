//! The socket itself: a descriptor with a time limit, shared by the object that scripts hold and the files made from it.
//!
//! Every operation is tried first; where it would block the greenlet parks until the descriptor is ready, the socket's
//! time is up, or somebody else closes it or shuts it down. Nothing is borrowed from a script's buffer while a greenlet
//! is parked: data are looked up again before each try.

use std::cell::{Cell, RefCell};
use std::os::fd::{AsRawFd, IntoRawFd, RawFd};
use std::rc::{Rc, Weak};
use std::time::{Duration, Instant};

use gscript_vm::extension::Extension;
use gscript_vm::green::hub::Token;
use gscript_vm::green::poller::{Direction, FdKey, FdKind, Wait, WaitError};
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::dict::Dict;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};
use socket2::{SockAddr, Socket as Raw};

use super::class::cancel_wait_ex;
use super::orphans::Orphans;
use crate::io::stream::Buffers;
use crate::platform::socket as system;
use crate::select;

/// Bytes received at most at a time; a longer `recv` gets what is there up to this.
const MOST: usize = 1 << 20;

thread_local! {
    /// Where data are received before they become an object. Never borrowed across anything that can park.
    static SCRATCH: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// State of the module.
#[derive(Default)]
pub struct State {
    pub default_timeout: Option<f64>,
    /// The members of `AddressFamily` and `SocketKind` by number.
    pub names: [Option<Gc<Dict>>; 2],
    pub(super) orphans: Orphans,
}

impl Extension for State {
    fn trace(&self, m: &mut Marker<'_>) {
        for d in self.names.iter().flatten() {
            m.object(*d);
        }
    }
}

/// What a socket is.
pub struct Core {
    raw: RefCell<Option<Raw>>,
    /// The descriptor; -1 when it is closed.
    fd: Cell<RawFd>,
    key: Cell<Option<FdKey>>,
    pub family: Cell<i32>,
    pub kind: Cell<i32>,
    pub proto: Cell<i32>,
    /// Seconds; `None` waits for ever, 0 never waits.
    pub timeout: Cell<Option<f64>>,
    /// `close()` was called; the descriptor stays until the files are closed too.
    pub is_closed: Cell<bool>,
    /// Files made from it that are open, and how many of them have read to the end: they need no descriptor any more.
    files: Cell<u32>,
    at_end: Cell<u32>,
    /// What files made from it have not written yet.
    unwritten: RefCell<Vec<Weak<Buffers>>>,
    /// Who waits to read and to write, for `shutdown`.
    waiting: [Cell<Option<Token>>; 2],
}

/// The body of a socket object.
pub struct Socket {
    pub core: Rc<Core>,
}

impl Native for Socket {}

/// The socket behind a value.
pub fn as_core(v: Value) -> Option<Rc<Core>> {
    native::<Socket>(v).map(|s| s.core.clone())
}

impl Default for Core {
    fn default() -> Core {
        Core {
            raw: RefCell::new(None),
            fd: Cell::new(-1),
            key: Cell::new(None),
            family: Cell::new(-1),
            kind: Cell::new(-1),
            proto: Cell::new(-1),
            timeout: Cell::new(None),
            is_closed: Cell::new(true),
            files: Cell::new(0),
            at_end: Cell::new(0),
            unwritten: RefCell::default(),
            waiting: [Cell::new(None), Cell::new(None)],
        }
    }
}

impl Core {
    pub fn fd(&self) -> RawFd {
        self.fd.get()
    }

    /// Takes over a descriptor that does not block.
    pub fn start(&self, cx: &mut Cx, raw: Raw, family: i32, kind: i32, proto: i32) -> Result<()> {
        let fd = raw.as_raw_fd();
        let is_tcp = kind == libc::SOCK_STREAM && (family == libc::AF_INET || family == libc::AF_INET6);
        let mut wakes = cx.take_wakes();
        let key = cx.poller()?.open(fd, if is_tcp { FdKind::TcpStream } else { FdKind::Other }, &mut wakes);
        cx.deliver(wakes);
        match key {
            Ok(key) => self.key.set(Some(key)),
            Err(e) => return Err(cx.io_error(&e, None)),
        }
        *self.raw.borrow_mut() = Some(raw);
        self.fd.set(fd);
        self.family.set(family);
        self.kind.set(kind);
        self.proto.set(proto);
        self.timeout.set(cx.extension::<State>().default_timeout);
        self.is_closed.set(false);
        Ok(())
    }

    /// When an operation that begins now must be done.
    pub fn deadline(&self) -> Option<Instant> {
        self.timeout.get().filter(|t| *t > 0.0).map(|t| Instant::now() + Duration::from_secs_f64(t.min(1e9)))
    }

    fn never_waits(&self) -> bool {
        self.timeout.get() == Some(0.0)
    }

    /// A system call that does not wait.
    pub fn call<T>(&self, cx: &mut Cx, f: impl FnOnce(&Raw) -> std::io::Result<T>) -> Result<T> {
        let r = match self.raw.borrow().as_ref() {
            Some(raw) => f(raw),
            None => return Err(bad_fd(cx)),
        };
        r.map_err(|e| cx.io_error(&e, None))
    }

    /// Closes the descriptor: waiters are woken with EBADF.
    fn close_now(&self, cx: &mut Cx) -> Result<()> {
        self.fd.set(-1);
        if let Some(key) = self.key.take() {
            let mut wakes = cx.take_wakes();
            cx.poller()?.close(key, &mut wakes);
            cx.deliver(wakes);
        }
        self.raw.borrow_mut().take();
        Ok(())
    }

    /// `close()` of the object; open files keep the descriptor.
    pub fn close(self: &Rc<Self>, cx: &mut Cx) -> Result<()> {
        self.is_closed.set(true);
        if self.is_unused() {
            return self.close_now(cx);
        }
        Orphans::add(cx, self);
        Ok(())
    }

    /// Gives the descriptor away.
    pub fn detach(&self, cx: &mut Cx) -> Result<RawFd> {
        self.is_closed.set(true);
        let Some(raw) = self.raw.borrow_mut().take() else { return Ok(-1) };
        self.close_now(cx)?;
        Ok(raw.into_raw_fd())
    }

    /// Closed, but for files made from it.
    pub(super) fn is_orphan(&self) -> bool {
        self.is_closed.get() && !self.is_unused() && self.fd() >= 0
    }

    /// Closes the connection whatever files there are; what they hold back is sent first.
    pub fn close_with_files(&self, cx: &mut Cx) -> Result<()> {
        let unwritten = std::mem::take(&mut *self.unwritten.borrow_mut());
        self.is_closed.set(true);
        let mut result = Ok(());
        for data in unwritten.iter().filter_map(Weak::upgrade).map(|b| b.output.take()) {
            if let Err((_, r)) = self.send_buffer(cx, &data) {
                if cx.pending_is(cx.types.os_error) {
                    // There is nobody to tell.
                    cx.take_pending(r);
                } else {
                    result = Err(r);
                    break;
                }
            }
        }
        let pending = result.map_err(|r| cx.take_pending(r));
        self.close_now(cx)?;
        pending.map_err(|e| cx.reraise(e))
    }

    /// No file needs the descriptor.
    fn is_unused(&self) -> bool {
        self.files.get() == self.at_end.get()
    }

    /// A file that only reads has seen the end of the stream.
    pub fn file_ended(&self, cx: &mut Cx) -> Result<()> {
        self.at_end.set(self.at_end.get() + 1);
        if self.is_unused() && self.is_closed.get() { self.close_now(cx) } else { Ok(()) }
    }

    /// The buffers of a file that writes.
    pub fn remember(&self, buffers: &Rc<Buffers>) {
        let mut list = self.unwritten.borrow_mut();
        list.retain(|b| b.strong_count() > 0);
        list.push(Rc::downgrade(buffers));
    }

    pub fn file_opened(&self) {
        self.files.set(self.files.get() + 1);
    }

    /// A file made from it was closed.
    pub fn file_closed(&self, cx: &mut Cx, was_at_end: bool) -> Result<()> {
        self.uncount(was_at_end);
        if self.is_unused() && self.is_closed.get() { self.close_now(cx) } else { Ok(()) }
    }

    fn uncount(&self, was_at_end: bool) {
        self.files.set(self.files.get().saturating_sub(1));
        self.at_end.set(self.at_end.get().saturating_sub(was_at_end as u32));
    }

    /// A file made from it was freed by the collector. The poller forgets the descriptor when its number is used again.
    pub fn file_freed(&self, was_at_end: bool) {
        self.uncount(was_at_end);
        if self.is_unused() && self.is_closed.get() {
            self.fd.set(-1);
            self.raw.borrow_mut().take();
        }
    }

    /// Shuts one or both directions down; who waits for them gets EBADF, as in gevent.
    pub fn shutdown(&self, cx: &mut Cx, how: i32) -> Result<()> {
        let which: &[usize] = match how {
            libc::SHUT_RD => &[0],
            libc::SHUT_WR => &[1],
            _ => &[0, 1],
        };
        for &w in which {
            if let Some(token) = self.waiting[w].get() {
                cx.wake(token, Value::int32(libc::EBADF));
            }
        }
        if self.fd() < 0 {
            return Err(bad_fd(cx));
        }
        system::shutdown(self.fd(), how).map_err(|e| cx.io_error(&e, None))
    }

    /// Does `op` until it does not block; parks in between.
    pub fn retry<T>(
        &self,
        cx: &mut Cx,
        direction: Direction,
        what: &'static str,
        until: Option<Instant>,
        mut op: impl FnMut(RawFd) -> std::io::Result<T>,
    ) -> Result<T> {
        loop {
            let Some(key) = self.key.get() else {
                return Err(bad_fd(cx));
            };
            if self.never_waits() || cx.poller()?.is_ready(key, direction) {
                match op(self.fd()) {
                    Ok(v) => return Ok(v),
                    Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {
                        cx.check_poll()?;
                        continue;
                    }
                    Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {
                        cx.poller()?.note_would_block(key, direction);
                        if self.never_waits() {
                            return Err(cx.os_error(libc::EAGAIN, None));
                        }
                    }
                    Err(e) => return Err(cx.io_error(&e, None)),
                }
            }
            self.wait(cx, direction, what, until)?;
        }
    }

    /// Parks until the socket is ready in a direction. TimeoutError, or EBADF when it was closed meanwhile.
    pub fn wait(&self, cx: &mut Cx, direction: Direction, what: &'static str, until: Option<Instant>) -> Result<()> {
        let Some(key) = self.key.get() else {
            return Err(bad_fd(cx));
        };
        let left = match until {
            Some(end) => match end.checked_duration_since(Instant::now()) {
                Some(left) if !left.is_zero() => Some(left.as_secs_f64()),
                _ => return Err(timed_out(cx)),
            },
            None => None,
        };
        let token = cx.begin_wait(what)?;
        match cx.poller()?.wait(key, direction, token.0) {
            Ok(Wait::Ready) => return Ok(()),
            Ok(Wait::Parked) => {}
            Err(WaitError::Busy) => {
                let class = cx.green_class("ConcurrentObjectUseError");
                return Err(cx.raise(class, "This socket is already used by another greenlet"));
            }
            Err(WaitError::Closed) => return Err(bad_fd(cx)),
            Err(WaitError::Io(e)) => return Err(cx.io_error(&e, None)),
        }
        let place = &self.waiting[direction as usize];
        place.set(Some(token));
        let timer = left.and_then(|s| cx.wake_after(token, s));
        let r = cx.park();
        place.set(None);
        if let Some(t) = timer {
            cx.cancel_timer(t);
        }
        // Ready: the poller has taken the waiter out. Otherwise it is still there.
        let was_there = cx.poller()?.cancel(key, direction, token.0);
        let woken = r?;
        if woken == Value::TRUE {
            return Ok(());
        }
        if self.key.get() != Some(key) || woken == Value::int32(libc::EBADF) {
            let class = cx.native_class(&cancel_wait_ex::NATIVE);
            let text = cx.str("File descriptor was closed in another greenlet").value();
            return Err(cx.raise_with(class, &[Value::int32(libc::EBADF), text]));
        }
        if was_there {
            return Err(timed_out(cx));
        }
        Ok(())
    }

    /// Receives up to `n` bytes into the scratch buffer; how many. See [`with_received`].
    fn receive(&self, cx: &mut Cx, n: usize, flags: i32) -> Result<usize> {
        let n = n.min(MOST);
        if n == 0 {
            // As in CPython the system is not asked.
            return if self.fd() >= 0 { Ok(0) } else { Err(bad_fd(cx)) };
        }
        let until = self.deadline();
        let count = self.retry(cx, Direction::Read, "recv of a socket", until, |fd| scratch(n, |buf| system::recv(fd, buf, flags)))?;
        if count > 0 && count < n && flags & libc::MSG_PEEK == 0 {
            if let Some(key) = self.key.get() {
                cx.poller()?.note_short_read(key);
            }
        }
        Ok(count)
    }

    /// Receives up to `n` bytes as a bytes object; none at the end of the stream.
    pub fn recv(&self, cx: &mut Cx, n: usize, flags: i32) -> Result<Value> {
        let count = self.receive(cx, n, flags)?;
        Ok(with_received(count, |data| cx.bytes(data).value()))
    }

    /// Receives up to `n` bytes and appends them to `out`; how many.
    pub fn recv_to(&self, cx: &mut Cx, n: usize, flags: i32, out: &mut Vec<u8>) -> Result<usize> {
        let count = self.receive(cx, n, flags)?;
        with_received(count, |data| out.extend_from_slice(data));
        Ok(count)
    }

    /// Receives a datagram of up to `n` bytes, and who sent it.
    pub fn recv_from(&self, cx: &mut Cx, n: usize, flags: i32) -> Result<(Value, SockAddr)> {
        let n = n.min(MOST);
        let until = self.deadline();
        let (count, from) = self.retry(cx, Direction::Read, "recvfrom of a socket", until, |fd| scratch(n, |buf| system::recv_from(fd, buf, flags)))?;
        Ok((with_received(count, |data| cx.bytes(data).value()), from))
    }

    /// Sends some of the bytes-like object `data`.
    pub fn send(&self, cx: &mut Cx, data: Value, flags: i32) -> Result<usize> {
        let until = self.deadline();
        self.retry(cx, Direction::Write, "send of a socket", until, |fd| system::send(fd, bytes_of(data).unwrap_or_default(), flags))
    }

    /// Sends all of the bytes-like object `data`; the limit is for the whole.
    pub fn send_all(&self, cx: &mut Cx, data: Value, flags: i32) -> Result<()> {
        // Mostly one call takes everything.
        let mut at = 0;
        if let Some(key) = self.key.get() {
            if cx.poller()?.is_ready(key, Direction::Write) {
                at = system::send(self.fd(), bytes_of(data).unwrap_or_default(), flags).unwrap_or(0);
            }
        }
        if at > 0 && at == bytes_of(data).map_or(0, <[u8]>::len) {
            return Ok(());
        }
        // While others run the size of the data stays what it is, as under a memoryview.
        let view = cx.call(cx.types.memoryview.value(), &[data])?;
        let r = self.send_rest_of(cx, view, at, flags);
        let r = r.map_err(|r| cx.take_pending(r));
        cx.call_method(view, "release", &[])?;
        r.map_err(|e| cx.reraise(e))
    }

    fn send_rest_of(&self, cx: &mut Cx, data: Value, mut at: usize, flags: i32) -> Result<()> {
        let until = self.deadline();
        let rest = |at: usize| bytes_of(data).and_then(|b| b.get(at..)).unwrap_or_default();
        loop {
            at += self.retry(cx, Direction::Write, "sendall of a socket", until, |fd| system::send(fd, rest(at), flags))?;
            if rest(at).is_empty() {
                return Ok(());
            }
        }
    }

    /// Sends all of `data`; with an error comes how much was sent.
    pub fn send_buffer(&self, cx: &mut Cx, data: &[u8]) -> std::result::Result<(), (usize, Raised)> {
        let mut at = 0;
        while at < data.len() {
            // Each piece has the whole time, as in CPython's files.
            let until = self.deadline();
            match self.retry(cx, Direction::Write, "a write to a socket", until, |fd| system::send(fd, &data[at..], 0)) {
                Ok(n) => at += n,
                Err(r) => return Err((at, r)),
            }
        }
        Ok(())
    }

    /// Sends without waiting, for what is left when a file is freed.
    pub fn send_rest(&self, data: &[u8]) {
        if self.fd() >= 0 {
            // There is nobody to tell.
            let _ = system::send(self.fd(), data, libc::MSG_DONTWAIT);
        }
    }

    /// `connect`: 0 or the errno, waiting for the outcome.
    pub fn connect(&self, cx: &mut Cx, address: &SockAddr, until: Option<Instant>) -> Result<i32> {
        let first = match self.raw.borrow().as_ref() {
            Some(raw) => raw.connect(address),
            None => return Ok(libc::EBADF),
        };
        let e = match first {
            Ok(()) => return Ok(0),
            Err(e) => e.raw_os_error().unwrap_or(libc::EIO),
        };
        // A UNIX listener whose backlog is full answers EAGAIN: the caller is told.
        if self.never_waits() || e != libc::EINPROGRESS && e != libc::EINTR && e != libc::EALREADY {
            return Ok(e);
        }
        if let Some(key) = self.key.get() {
            cx.poller()?.note_would_block(key, Direction::Write);
        }
        self.wait(cx, Direction::Write, "connect of a socket", until)?;
        let outcome = match self.raw.borrow().as_ref() {
            Some(raw) => raw.take_error(),
            None => return Err(bad_fd(cx)),
        };
        match outcome {
            Ok(None) => Ok(0),
            Ok(Some(e)) | Err(e) => Ok(e.raw_os_error().unwrap_or(libc::EIO)),
        }
    }

    /// Accepts one connection. `is_shared`: several greenlets may wait for the same listener (a server's).
    pub fn accept(&self, cx: &mut Cx, is_shared: bool) -> Result<(Raw, SockAddr)> {
        let until = self.deadline();
        let mut has_collected = false;
        loop {
            // Only a greenlet that waits for the same listener makes it busy.
            let is_busy = is_shared && self.waiting[0].get().is_some();
            let r = if is_busy {
                match system::accept(self.fd()) {
                    Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {
                        let mut list = [select::interest(self.fd(), libc::POLLIN)];
                        select::wait(cx, &mut list, until, "accept of a socket")?;
                        continue;
                    }
                    r => r,
                }
            } else {
                // An error of the system is looked at here: too many open files may be forgotten ones.
                self.retry(cx, Direction::Read, "accept of a socket", until, |fd| match system::accept(fd) {
                    Err(e) if !matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::Interrupted) => Ok(Err(e)),
                    r => r.map(Ok),
                })?
            };
            match r {
                Ok(found) => return Ok(found),
                Err(e) if is_exhausted(&e) && !has_collected => {
                    has_collected = true;
                    cx.collect(true);
                }
                // The client gave up while it was in the queue.
                Err(e) if e.raw_os_error() == Some(libc::ECONNABORTED) => {}
                Err(e) => return Err(cx.io_error(&e, None)),
            }
        }
    }
}

/// Whether there are too many open descriptors.
pub fn is_exhausted(e: &std::io::Error) -> bool {
    matches!(e.raw_os_error(), Some(libc::EMFILE | libc::ENFILE))
}

/// A new socket object of `class` around a descriptor that does not block.
pub fn wrap(cx: &mut Cx, class: Gc<Type>, raw: Raw, family: i32, kind: i32, proto: i32) -> Result<Value> {
    let core = Core::default();
    core.start(cx, raw, family, kind, proto)?;
    Ok(NativeObject::alloc(cx, class, Box::new(Socket { core: Rc::new(core) })).value())
}

#[cold]
pub fn bad_fd(cx: &mut Cx) -> Raised {
    cx.os_error(libc::EBADF, None)
}

#[cold]
pub fn timed_out(cx: &mut Cx) -> Raised {
    let class = cx.types.timeout_error;
    cx.raise(class, "timed out")
}

/// Lends `n` bytes of the scratch buffer.
pub fn scratch<T>(n: usize, f: impl FnOnce(&mut [u8]) -> T) -> T {
    SCRATCH.with_borrow_mut(|buf| {
        if buf.len() < n {
            // Fresh zeroed memory costs nothing before it is written to.
            *buf = vec![0; n.next_power_of_two().max(1 << 16)];
        }
        f(&mut buf[..n])
    })
}

/// The first `count` bytes of the scratch buffer, right after they were received.
pub fn with_received<T>(count: usize, f: impl FnOnce(&[u8]) -> T) -> T {
    SCRATCH.with_borrow(|buf| f(&buf[..count]))
}
