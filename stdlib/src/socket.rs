//! `socket`: stream sockets (TCP, UNIX) that park only their caller (`spec/socket.md`).
//!
//! Every operation is tried first; where it would block the greenlet parks until the descriptor is ready, the
//! socket's time is up, or the socket is closed by somebody else.

use std::cell::{Cell, RefCell};
use std::mem::MaybeUninit;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::os::fd::{AsRawFd, IntoRawFd, RawFd};
use std::time::{Duration, Instant};

use gscript_macros::{class, module};
use gscript_vm::green::poller::{Direction, FdKey, FdKind, Wait, WaitError};
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{Native, NativeObject, native};
use gscript_vm::object::tuple::Tuple;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};
use socket2::{Domain, Protocol, SockAddr, Socket as Raw, Type as SockType};

/// A socket.
pub struct Socket {
    raw: RefCell<Option<Raw>>,
    key: Cell<Option<FdKey>>,
    family: Cell<i32>,
    kind: Cell<i32>,
    proto: Cell<i32>,
    /// Seconds; `None` waits for ever, 0 never waits.
    timeout: Cell<Option<f64>>,
    is_closed: Cell<bool>,
    /// Files made from it that are open: the descriptor stays until they are closed.
    pub files: Cell<u32>,
}

impl Native for Socket {}

impl Drop for Socket {
    fn drop(&mut self) {
        // The poller forgets the descriptor when its number is opened again.
        self.raw.get_mut().take();
    }
}

const EBADF: i32 = libc::EBADF;

impl Socket {
    fn fd(&self) -> RawFd {
        self.raw.borrow().as_ref().map_or(-1, |r| r.as_raw_fd())
    }
}

/// State of the module.
#[derive(Default)]
struct State {
    default_timeout: Option<f64>,
}

impl gscript_vm::extension::Extension for State {}

fn bad_fd(cx: &mut Cx) -> Raised {
    cx.os_error(EBADF, None)
}

/// A socket object around a descriptor.
pub fn wrap(cx: &mut Cx, class: Gc<Type>, raw: Raw, family: i32, kind: i32, proto: i32) -> Result<Value> {
    if let Err(e) = raw.set_nonblocking(true) {
        return Err(cx.io_error(&e, None));
    }
    let fd = raw.as_raw_fd();
    let is_tcp = kind & 0xf == libc::SOCK_STREAM && (family == libc::AF_INET || family == libc::AF_INET6);
    let mut wakes = cx.take_wakes();
    let key = cx.poller()?.open(fd, if is_tcp { FdKind::TcpStream } else { FdKind::Other }, &mut wakes);
    cx.deliver(wakes);
    let key = match key {
        Ok(k) => k,
        Err(e) => return Err(cx.io_error(&e, None)),
    };
    let timeout = cx.extension::<State>().default_timeout;
    let body = Socket {
        raw: RefCell::new(Some(raw)),
        key: Cell::new(Some(key)),
        family: Cell::new(family),
        kind: Cell::new(kind & 0xf),
        proto: Cell::new(proto),
        timeout: Cell::new(timeout),
        is_closed: Cell::new(false),
        files: Cell::new(0),
    };
    Ok(NativeObject::alloc(cx, class, Box::new(body)).value())
}

/// When an operation of this socket must be done.
fn deadline(s: &Socket) -> Option<Instant> {
    s.timeout.get().filter(|t| *t > 0.0).map(|t| Instant::now() + Duration::from_secs_f64(t.min(1e9)))
}

/// Does `op` until it does not block: parks in between.
fn retry<T>(
    cx: &mut Cx,
    s: &Socket,
    direction: Direction,
    what: &'static str,
    until: Option<Instant>,
    mut op: impl FnMut(&Raw) -> std::io::Result<T>,
) -> Result<T> {
    loop {
        let Some(key) = s.key.get() else {
            return Err(bad_fd(cx));
        };
        let is_ready = s.timeout.get() == Some(0.0) || cx.poller()?.is_ready(key, direction);
        if is_ready {
            let r = match s.raw.borrow().as_ref() {
                Some(raw) => op(raw),
                None => return Err(bad_fd(cx)),
            };
            match r {
                Ok(v) => return Ok(v),
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {
                    cx.poller()?.note_would_block(key, direction);
                    if s.timeout.get() == Some(0.0) {
                        return Err(cx.os_error(libc::EAGAIN, None));
                    }
                }
                Err(e) => return Err(cx.io_error(&e, None)),
            }
        }
        wait(cx, s, direction, what, until)?;
    }
}

/// Parks until the socket is ready in a direction. TimeoutError, or EBADF when it was closed meanwhile.
fn wait(cx: &mut Cx, s: &Socket, direction: Direction, what: &'static str, until: Option<Instant>) -> Result<()> {
    let Some(key) = s.key.get() else {
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
    let timer = left.and_then(|s| cx.wake_after(token, s));
    let r = cx.park();
    if let Some(t) = timer {
        cx.cancel_timer(t);
    }
    // Ready: the poller has taken the waiter out. Otherwise it is still there.
    let was_there = cx.poller()?.cancel(key, direction, token.0);
    let woken = r?;
    if woken == Value::TRUE {
        return Ok(());
    }
    if s.key.get() != Some(key) {
        return Err(bad_fd(cx));
    }
    if was_there {
        return Err(timed_out(cx));
    }
    Ok(())
}

fn timed_out(cx: &mut Cx) -> Raised {
    let class = cx.types.timeout_error;
    cx.raise(class, "timed out")
}

/// Closes the descriptor: waiters are woken with EBADF.
fn close_now(cx: &mut Cx, s: &Socket) -> Result<()> {
    if let Some(key) = s.key.take() {
        let mut wakes = cx.take_wakes();
        cx.poller()?.close(key, &mut wakes);
        cx.deliver(wakes);
    }
    s.raw.borrow_mut().take();
    Ok(())
}

/// `close()` of the object; files made from it keep the descriptor.
pub fn close(cx: &mut Cx, s: &Socket) -> Result<()> {
    s.is_closed.set(true);
    if s.files.get() == 0 { close_now(cx, s) } else { Ok(()) }
}

/// A file made from the socket was closed.
pub fn file_closed(cx: &mut Cx, s: &Socket) -> Result<()> {
    s.files.set(s.files.get().saturating_sub(1));
    if s.files.get() == 0 && s.is_closed.get() { close_now(cx, s) } else { Ok(()) }
}

/// `recv`: at most `n` bytes, none at the end of the stream.
pub fn recv(cx: &mut Cx, s: &Socket, n: usize, flags: i32) -> Result<Value> {
    let until = deadline(s);
    let mut got: Option<Value> = None;
    let mut buffer = [MaybeUninit::<u8>::uninit(); 16384];
    if n <= buffer.len() {
        let count = retry(cx, s, Direction::Read, "recv of a socket", until, |raw| raw.recv_with_flags(&mut buffer[..n], flags))?;
        note_read(cx, s, count, n, flags);
        let bytes: Vec<u8> = buffer[..count].iter().map(|b| init(*b)).collect();
        got = Some(cx.bytes(&bytes).value());
    }
    match got {
        Some(v) => Ok(v),
        None => {
            let size = n.min(1 << 20);
            let mut big = vec![MaybeUninit::<u8>::uninit(); size];
            let count = retry(cx, s, Direction::Read, "recv of a socket", until, |raw| raw.recv_with_flags(&mut big, flags))?;
            note_read(cx, s, count, size, flags);
            let bytes: Vec<u8> = big[..count].iter().map(|b| init(*b)).collect();
            Ok(cx.bytes(&bytes).value())
        }
    }
}

fn note_read(cx: &mut Cx, s: &Socket, count: usize, asked: usize, flags: i32) {
    if count > 0 && count < asked && flags & libc::MSG_PEEK == 0 {
        if let (Some(key), Ok(p)) = (s.key.get(), cx.poller()) {
            p.note_short_read(key);
        }
    }
}

/// A byte that the kernel wrote.
fn init(b: MaybeUninit<u8>) -> u8 {
    crate::platform::socket::assume_init(b)
}

/// Sends all of `data`, which must stay what it is meanwhile; the limit is for the whole.
pub fn send_all(cx: &mut Cx, s: &Socket, data: &[u8], flags: i32) -> Result<()> {
    let until = deadline(s);
    let mut at = 0;
    while at < data.len() {
        at += retry(cx, s, Direction::Write, "sendall of a socket", until, |raw| raw.send_with_flags(&data[at..], flags | libc::MSG_NOSIGNAL))?;
    }
    Ok(())
}

/// The bytes of an argument; `str` and others are a TypeError.
fn data_argument<'a>(cx: &mut Cx, v: Value) -> Result<&'a [u8]> {
    match bytes_of(v) {
        Some(b) => Ok(b),
        None => {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(v));
            Err(cx.type_error(text))
        }
    }
}

fn port_argument(cx: &mut Cx, v: Value) -> Result<u16> {
    let i = match v.as_int() {
        Some(i) => i,
        None => {
            let text = format!("'{}' object cannot be interpreted as an integer", cx.type_name(v));
            return Err(cx.type_error(text));
        }
    };
    match u16::try_from(i) {
        Ok(p) => Ok(p),
        Err(_) => Err(cx.overflow_error("getsockaddrarg: port must be 0-65535.")),
    }
}

fn gai_error(cx: &mut Cx, code: i32, text: &str) -> Raised {
    let class = cx.native_class(&socket::gaierror::NATIVE);
    let text = cx.str(text).value();
    cx.raise_with(class, &[Value::int32(code), text])
}

/// The addresses of a host name: numbers at once, names on the thread pool.
fn resolve(cx: &mut Cx, host: &str, port: u16, family: i32) -> Result<Vec<SocketAddr>> {
    let fits = |a: &SocketAddr| family == 0 || (family == libc::AF_INET6) == a.is_ipv6();
    if host.is_empty() {
        let mut all = Vec::new();
        if family != libc::AF_INET {
            all.push(SocketAddr::from((Ipv6Addr::UNSPECIFIED, port)));
        }
        if family != libc::AF_INET6 {
            all.push(SocketAddr::from((Ipv4Addr::UNSPECIFIED, port)));
        }
        return Ok(all);
    }
    if host == "<broadcast>" {
        return Ok(vec![SocketAddr::from((Ipv4Addr::BROADCAST, port))]);
    }
    if let Ok(ip) = host.parse::<IpAddr>() {
        let a = SocketAddr::new(ip, port);
        if !fits(&a) {
            return Err(gai_error(cx, -9, "Address family for hostname not supported"));
        }
        return Ok(vec![a]);
    }
    let name = host.to_string();
    let found = cx.offload("a name look-up", move || (name.as_str(), port).to_socket_addrs().map(|a| a.collect::<Vec<_>>()))?;
    let list: Vec<SocketAddr> = found.unwrap_or_default().into_iter().filter(fits).collect();
    if list.is_empty() {
        return Err(gai_error(cx, -2, "Name or service not known"));
    }
    Ok(list)
}

/// The address argument of bind and connect.
fn address_argument(cx: &mut Cx, s: &Socket, v: Value, what: &str) -> Result<SockAddr> {
    let family = s.family.get();
    if family == libc::AF_UNIX {
        let path = match (v.as_str_object(), bytes_of(v)) {
            (Some(p), _) => p.lossy().into_owned().into_bytes(),
            (None, Some(b)) => b.to_vec(),
            _ => {
                let text = format!("a bytes-like object is required, not '{}'", cx.type_name(v));
                return Err(cx.type_error(text));
            }
        };
        use std::os::unix::ffi::OsStrExt;
        let path = std::ffi::OsStr::from_bytes(&path);
        return match SockAddr::unix(path) {
            Ok(a) => Ok(a),
            Err(_) => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "AF_UNIX path too long"))
            }
        };
    }
    let Some(t) = v.as_gc::<Tuple>() else {
        let text = format!("{what}(): {} address must be tuple, not {}", if family == libc::AF_INET6 { "AF_INET6" } else { "AF_INET" }, cx.type_name(v));
        return Err(cx.type_error(text));
    };
    let is_right = if family == libc::AF_INET6 { (2..=4).contains(&t.len()) } else { t.len() == 2 };
    if !is_right {
        let text = if family == libc::AF_INET6 {
            format!("{what}(): AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])")
        } else {
            format!("{what}(): AF_INET address must be a pair (host, port)")
        };
        return Err(cx.type_error(text));
    }
    let Some(host) = t.items()[0].as_str_object() else {
        let text = format!("str, bytes or bytearray expected, not {}", cx.type_name(t.items()[0]));
        return Err(cx.type_error(text));
    };
    let host = host.lossy().into_owned();
    let port = match port_argument(cx, t.items()[1]) {
        Ok(p) => p,
        Err(r) if cx.pending_is(cx.types.overflow_error) => {
            cx.take_pending(r);
            return Err(cx.overflow_error(format!("{what}(): port must be 0-65535.")));
        }
        Err(r) => return Err(r),
    };
    let list = resolve(cx, &host, port, family)?;
    Ok(SockAddr::from(list[0]))
}

/// An address as Python shows it.
fn address_value(cx: &mut Cx, a: &SockAddr) -> Value {
    match a.as_socket() {
        Some(SocketAddr::V4(v4)) => {
            let host = cx.str(&v4.ip().to_string()).value();
            cx.tuple(&[host, Value::int32(v4.port() as i32)]).value()
        }
        Some(SocketAddr::V6(v6)) => {
            let host = cx.str(&v6.ip().to_string()).value();
            let flow = cx.int(v6.flowinfo() as i64);
            let scope = cx.int(v6.scope_id() as i64);
            cx.tuple(&[host, Value::int32(v6.port() as i32), flow, scope]).value()
        }
        None => match a.as_pathname() {
            Some(p) => {
                let text = p.to_string_lossy().into_owned();
                cx.str(&text).value()
            }
            None => cx.str("").value(),
        },
    }
}

/// `connect`: 0 or the errno, waiting for the outcome.
fn connect_errno(cx: &mut Cx, s: &Socket, address: &SockAddr, until: Option<Instant>) -> Result<i32> {
    let first = match s.raw.borrow().as_ref() {
        Some(raw) => raw.connect(address),
        None => return Ok(EBADF),
    };
    let e = match first {
        Ok(()) => return Ok(0),
        Err(e) => e.raw_os_error().unwrap_or(libc::EIO),
    };
    // A UNIX listener whose backlog is full answers EAGAIN: it is asked again.
    if e != libc::EINPROGRESS && e != libc::EINTR && e != libc::EALREADY {
        return Ok(e);
    }
    if s.timeout.get() == Some(0.0) {
        return Ok(e);
    }
    if let Some(key) = s.key.get() {
        cx.poller()?.note_would_block(key, Direction::Write);
    }
    wait(cx, s, Direction::Write, "connect of a socket", until)?;
    let outcome = match s.raw.borrow().as_ref() {
        Some(raw) => raw.take_error(),
        None => return Err(bad_fd(cx)),
    };
    match outcome {
        Ok(None) => Ok(0),
        Ok(Some(e)) | Err(e) => Ok(e.raw_os_error().unwrap_or(libc::EIO)),
    }
}

/// Accepts one connection, if there is one; `None`: it would block.
pub fn accept(cx: &mut Cx, s: &Socket) -> Result<(Value, Value)> {
    let until = deadline(s);
    let (raw, address) = retry(cx, s, Direction::Read, "accept of a socket", until, |raw| raw.accept())?;
    let shown = address_value(cx, &address);
    let class = cx.native_class(&socket::socket::NATIVE);
    let conn = wrap(cx, class, raw, s.family.get(), s.kind.get(), s.proto.get())?;
    Ok((conn, shown))
}

/// The socket behind a value.
pub fn as_socket<'a>(v: Value) -> Option<&'a Socket> {
    native::<Socket>(v)
}

fn seconds(cx: &mut Cx, v: Value) -> Result<Option<f64>> {
    if v.is_none() {
        return Ok(None);
    }
    let t = cx.to_float(v)?;
    if t < 0.0 {
        return Err(cx.value_error("Timeout value out of range"));
    }
    Ok(Some(t))
}

#[module("socket")]
pub mod socket {
    use super::*;

    #[class("socket.gaierror", base = os_error, kind = Exception)]
    pub mod gaierror {
        use super::*;

        #[getter(name = "_is_gai")]
        fn is_gai(_cx: &mut Cx, this: Value) -> Result<bool> {
            let _ = this;
            Ok(true)
        }
    }

    #[class("socket.socket", flags = HAS_DICT | HAS_ATTRIBUTE_WORD)]
    pub mod socket {
        use super::*;

        #[new("family=-1, type=-1, proto=-1, fileno=None")]
        fn new(cx: &mut Cx, class: Gc<Type>, family: i64, type_: i64, proto: i64, fileno: Option<Value>) -> Result<Value> {
            let family = if family < 0 { libc::AF_INET } else { family as i32 };
            let kind = if type_ < 0 { libc::SOCK_STREAM } else { type_ as i32 };
            let proto = if proto < 0 { 0 } else { proto as i32 };
            if let Some(fd) = fileno.filter(|f| !f.is_none()) {
                let fd = fd.as_int().and_then(|i| i32::try_from(i).ok()).unwrap_or(-1);
                if fd < 0 {
                    return Err(cx.value_error("negative file descriptor"));
                }
                let raw = crate::platform::socket::socket_from_fd(fd);
                let family = raw.local_addr().map_or(family, |a| a.family() as i32);
                return wrap(cx, class, raw, family, kind, proto);
            }
            let p = if proto == 0 { None } else { Some(Protocol::from(proto)) };
            match Raw::new(Domain::from(family), SockType::from(kind & 0xf), p) {
                Ok(raw) => wrap(cx, class, raw, family, kind, proto),
                Err(e) => Err(cx.io_error(&e, None)),
            }
        }

        fn with_raw<T>(cx: &mut Cx, s: &Socket, f: impl FnOnce(&Raw) -> std::io::Result<T>) -> Result<T> {
            let r = match s.raw.borrow().as_ref() {
                Some(raw) if !s.is_closed.get() || s.files.get() > 0 => f(raw),
                _ => return Err(bad_fd(cx)),
            };
            r.map_err(|e| cx.io_error(&e, None))
        }

        #[method("address, /")]
        fn bind(cx: &mut Cx, this: &Socket, address: Value) -> Result<()> {
            let a = address_argument(cx, this, address, "bind")?;
            with_raw(cx, this, |raw| raw.bind(&a))
        }

        #[method("backlog=128, /")]
        fn listen(cx: &mut Cx, this: &Socket, backlog: i64) -> Result<()> {
            with_raw(cx, this, |raw| raw.listen(backlog.clamp(0, i32::MAX as i64) as i32))
        }

        /// Waits for a connection: (socket, address).
        #[method("")]
        fn accept(cx: &mut Cx, this: &Socket) -> Result<Value> {
            let (conn, address) = super::super::accept(cx, this)?;
            Ok(cx.tuple(&[conn, address]).value())
        }

        #[method("address, /")]
        fn connect(cx: &mut Cx, this: &Socket, address: Value) -> Result<()> {
            let a = address_argument(cx, this, address, "connect")?;
            match connect_errno(cx, this, &a, deadline(this))? {
                0 => Ok(()),
                n => Err(cx.os_error(n, None)),
            }
        }

        #[method("address, /")]
        fn connect_ex(cx: &mut Cx, this: &Socket, address: Value) -> Result<i64> {
            let a = address_argument(cx, this, address, "connect_ex")?;
            match connect_errno(cx, this, &a, deadline(this)) {
                Ok(n) => Ok(n as i64),
                Err(r) if cx.pending_is(cx.types.timeout_error) => {
                    cx.take_pending(r);
                    Ok(libc::EAGAIN as i64)
                }
                Err(r) => Err(r),
            }
        }

        #[method("data, flags=0, /")]
        fn send(cx: &mut Cx, this: &Socket, data: Value, flags: i64) -> Result<i64> {
            let bytes = data_argument(cx, data)?;
            let n = retry(cx, this, Direction::Write, "send of a socket", deadline(this), |raw| raw.send_with_flags(bytes, flags as i32 | libc::MSG_NOSIGNAL))?;
            Ok(n as i64)
        }

        #[method("data, flags=0, /")]
        fn sendall(cx: &mut Cx, this: &Socket, data: Value, flags: i64) -> Result<()> {
            let bytes = data_argument(cx, data)?;
            if bytes.is_empty() {
                return Ok(());
            }
            let r = send_all(cx, this, bytes, flags as i32);
            std::hint::black_box(data);
            r
        }

        #[method("bufsize, flags=0, /")]
        fn recv(cx: &mut Cx, this: &Socket, bufsize: i64, flags: i64) -> Result<Value> {
            if bufsize < 0 {
                return Err(cx.value_error("negative buffersize in recv"));
            }
            super::super::recv(cx, this, bufsize as usize, flags as i32)
        }

        #[method("buffer, nbytes=0, flags=0, /")]
        fn recv_into(cx: &mut Cx, this: &Socket, buffer: Value, nbytes: i64, flags: i64) -> Result<i64> {
            if nbytes < 0 {
                return Err(cx.value_error("negative buffersize in recv_into"));
            }
            let Some(target) = buffer.as_gc::<gscript_vm::object::bytes::ByteArray>() else {
                let text = format!("recv_into() argument 1 must be read-write bytes-like object, not {}", cx.type_name(buffer));
                return Err(cx.type_error(text));
            };
            let n = if nbytes == 0 { target.len() } else { (nbytes as usize).min(target.len()) };
            let got = super::super::recv(cx, this, n, flags as i32)?;
            let data = bytes_of(got).unwrap_or(&[]);
            for (c, b) in target.cells().iter().zip(data) {
                c.set(*b);
            }
            Ok(data.len() as i64)
        }

        #[method("how, /")]
        fn shutdown(cx: &mut Cx, this: &Socket, how: i64) -> Result<()> {
            let how = match how {
                0 => std::net::Shutdown::Read,
                1 => std::net::Shutdown::Write,
                _ => std::net::Shutdown::Both,
            };
            with_raw(cx, this, |raw| raw.shutdown(how))
        }

        #[method("")]
        fn close(cx: &mut Cx, this: &Socket) -> Result<()> {
            super::super::close(cx, this)
        }

        #[method("")]
        fn detach(cx: &mut Cx, this: &Socket) -> Result<i64> {
            let raw = this.raw.borrow_mut().take();
            if let Some(key) = this.key.take() {
                let mut wakes = cx.take_wakes();
                cx.poller()?.close(key, &mut wakes);
                cx.deliver(wakes);
            }
            this.is_closed.set(true);
            Ok(raw.map_or(-1, |r| r.into_raw_fd() as i64))
        }

        #[method("")]
        fn fileno(_cx: &mut Cx, this: &Socket) -> Result<i64> {
            Ok(if this.is_closed.get() && this.files.get() == 0 { -1 } else { this.fd() as i64 })
        }

        #[method("")]
        fn getsockname(cx: &mut Cx, this: &Socket) -> Result<Value> {
            let a = with_raw(cx, this, |raw| raw.local_addr())?;
            Ok(address_value(cx, &a))
        }

        #[method("")]
        fn getpeername(cx: &mut Cx, this: &Socket) -> Result<Value> {
            let a = with_raw(cx, this, |raw| raw.peer_addr())?;
            Ok(address_value(cx, &a))
        }

        #[method("value, /")]
        fn settimeout(cx: &mut Cx, this: &Socket, value: Value) -> Result<()> {
            let t = seconds(cx, value)?;
            this.timeout.set(t);
            Ok(())
        }

        #[method("")]
        fn gettimeout(cx: &mut Cx, this: &Socket) -> Result<Value> {
            Ok(match this.timeout.get() {
                Some(t) => cx.float(t),
                None => Value::NONE,
            })
        }

        #[method("flag, /")]
        fn setblocking(_cx: &mut Cx, this: &Socket, flag: bool) -> Result<()> {
            this.timeout.set(if flag { None } else { Some(0.0) });
            Ok(())
        }

        #[method("")]
        fn getblocking(_cx: &mut Cx, this: &Socket) -> Result<bool> {
            Ok(this.timeout.get() != Some(0.0))
        }

        #[method("level, optname, value, optlen=None, /")]
        fn setsockopt(cx: &mut Cx, this: &Socket, level: i64, optname: i64, value: Value, optlen: Option<Value>) -> Result<()> {
            let _ = optlen;
            let data: Vec<u8> = match bytes_of(value) {
                Some(b) => b.to_vec(),
                None => {
                    let i = cx.index(value)?;
                    (i.as_int().unwrap_or(0) as i32).to_ne_bytes().to_vec()
                }
            };
            let fd = this.fd();
            match crate::platform::socket::setsockopt(fd, level as i32, optname as i32, &data) {
                Ok(()) => Ok(()),
                Err(e) => Err(cx.io_error(&e, None)),
            }
        }

        #[method("level, optname, buflen=0, /")]
        fn getsockopt(cx: &mut Cx, this: &Socket, level: i64, optname: i64, buflen: i64) -> Result<Value> {
            let size = if buflen == 0 { 4 } else { buflen.clamp(1, 1024) as usize };
            match crate::platform::socket::getsockopt(this.fd(), level as i32, optname as i32, size) {
                Ok(data) if buflen == 0 => {
                    let mut word = [0u8; 4];
                    word[..data.len().min(4)].copy_from_slice(&data[..data.len().min(4)]);
                    Ok(Value::int32(i32::from_ne_bytes(word)))
                }
                Ok(data) => Ok(cx.bytes(&data).value()),
                Err(e) => Err(cx.io_error(&e, None)),
            }
        }

        #[method("")]
        fn dup(cx: &mut Cx, this: &Socket) -> Result<Value> {
            let raw = with_raw(cx, this, |raw| raw.try_clone())?;
            let class = cx.native_class(&super::socket::NATIVE);
            let v = wrap(cx, class, raw, this.family.get(), this.kind.get(), this.proto.get())?;
            if let Some(s) = native::<Socket>(v) {
                s.timeout.set(this.timeout.get());
            }
            Ok(v)
        }

        #[getter]
        fn family(_cx: &mut Cx, this: &Socket) -> Result<i64> {
            Ok(this.family.get() as i64)
        }

        #[getter(name = "type")]
        fn type_(_cx: &mut Cx, this: &Socket) -> Result<i64> {
            Ok(this.kind.get() as i64)
        }

        #[getter]
        fn proto(_cx: &mut Cx, this: &Socket) -> Result<i64> {
            Ok(this.proto.get() as i64)
        }

        #[getter]
        fn timeout(cx: &mut Cx, this: &Socket) -> Result<Value> {
            gettimeout(cx, this)
        }

        #[getter]
        fn closed(_cx: &mut Cx, this: &Socket) -> Result<bool> {
            Ok(this.is_closed.get())
        }

        #[method(name = "__enter__", "")]
        fn enter(_cx: &mut Cx, this: Value) -> Result<Value> {
            Ok(this)
        }

        #[method(name = "__exit__", "*args")]
        fn exit(cx: &mut Cx, this: &Socket, args: &[Value]) -> Result<()> {
            let _ = args;
            super::super::close(cx, this)
        }

        #[method(name = "__repr__", "")]
        fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<String> {
            let Some(s) = native::<Socket>(this.value()) else {
                return Ok(String::new());
            };
            let class = cx.class_of(this.value());
            let name = cx.class_display_name(class);
            if s.is_closed.get() {
                return Ok(format!("<{name} [closed] fd=-1, family={}, type={}, proto={}>", s.family.get(), s.kind.get(), s.proto.get()));
            }
            Ok(format!("<{name} fd={}, family={}, type={}, proto={}>", s.fd(), s.family.get(), s.kind.get(), s.proto.get()))
        }
    }

    /// Two sockets connected to each other.
    #[function("family=-1, type=1, proto=0, /")]
    fn socketpair(cx: &mut Cx, family: i64, type_: i64, proto: i64) -> Result<Value> {
        let family = if family < 0 { libc::AF_UNIX } else { family as i32 };
        let p = if proto == 0 { None } else { Some(Protocol::from(proto as i32)) };
        match Raw::pair(Domain::from(family), SockType::from(type_ as i32), p) {
            Ok((a, b)) => {
                let class = cx.native_class(&socket::NATIVE);
                let a = wrap(cx, class, a, family, type_ as i32, proto as i32)?;
                let b = wrap(cx, class, b, family, type_ as i32, proto as i32)?;
                Ok(cx.tuple(&[a, b]).value())
            }
            Err(e) => Err(cx.io_error(&e, None)),
        }
    }

    /// Connects to `address`, trying each of the host's addresses.
    #[function("address, timeout=..., source_address=None, *, all_errors=False", style = "python")]
    fn create_connection(cx: &mut Cx, address: Value, timeout: Option<Value>, source_address: Option<Value>, all_errors: Option<Value>) -> Result<Value> {
        let _ = all_errors;
        let Some(t) = address.as_gc::<Tuple>().filter(|t| t.len() >= 2) else {
            return Err(cx.type_error("address must be a pair (host, port)"));
        };
        let Some(host) = t.items()[0].as_str_object() else {
            return Err(cx.type_error("host must be a string"));
        };
        let host = host.lossy().into_owned();
        let port = port_argument(cx, t.items()[1])?;
        let limit = match timeout {
            Some(v) => seconds(cx, v)?,
            None => cx.extension::<State>().default_timeout,
        };
        let list = resolve(cx, &host, port, 0)?;
        let mut last: Option<Value> = None;
        for a in list {
            let family = if a.is_ipv6() { libc::AF_INET6 } else { libc::AF_INET };
            let raw = match Raw::new(Domain::from(family), SockType::STREAM, None) {
                Ok(r) => r,
                Err(e) => return Err(cx.io_error(&e, None)),
            };
            let class = cx.native_class(&socket::NATIVE);
            let v = wrap(cx, class, raw, family, libc::SOCK_STREAM, 0)?;
            let Some(s) = native::<Socket>(v) else {
                continue;
            };
            s.timeout.set(limit);
            match connect_one(cx, s, a, source_address) {
                Ok(()) => return Ok(v),
                Err(r) => {
                    let e = cx.take_pending(r);
                    super::close(cx, s)?;
                    if !cx.is_instance(e, cx.types.os_error) {
                        return Err(cx.reraise(e));
                    }
                    last = Some(e);
                }
            }
        }
        match last {
            Some(e) => Err(cx.reraise(e)),
            None => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "getaddrinfo returns an empty list"))
            }
        }
    }

    fn connect_one(cx: &mut Cx, s: &Socket, a: SocketAddr, source: Option<Value>) -> Result<()> {
        if let Some(src) = source.filter(|s| !s.is_none()) {
            let from = address_argument(cx, s, src, "bind")?;
            let r = match s.raw.borrow().as_ref() {
                Some(raw) => raw.bind(&from),
                None => return Err(bad_fd(cx)),
            };
            if let Err(e) = r {
                return Err(cx.io_error(&e, None));
            }
        }
        match connect_errno(cx, s, &SockAddr::from(a), deadline(s))? {
            0 => Ok(()),
            n => Err(cx.os_error(n, None)),
        }
    }

    #[function("fd, family, type, proto=0, /")]
    fn fromfd(cx: &mut Cx, fd: i64, family: i64, type_: i64, proto: i64) -> Result<Value> {
        match crate::platform::socket::dup(fd as i32) {
            Ok(owned) => {
                let raw: Raw = Raw::from(owned);
                let class = cx.native_class(&socket::NATIVE);
                wrap(cx, class, raw, family as i32, type_ as i32, proto as i32)
            }
            Err(e) => Err(cx.io_error(&e, None)),
        }
    }

    #[function("")]
    fn getdefaulttimeout(cx: &mut Cx) -> Result<Value> {
        Ok(match cx.extension::<State>().default_timeout {
            Some(t) => cx.float(t),
            None => Value::NONE,
        })
    }

    #[function("timeout, /")]
    fn setdefaulttimeout(cx: &mut Cx, timeout: Value) -> Result<()> {
        let t = seconds(cx, timeout)?;
        cx.extension::<State>().default_timeout = t;
        Ok(())
    }

    #[function("x, /")]
    fn htons(cx: &mut Cx, x: i64) -> Result<i64> {
        let _ = &cx;
        Ok((x as u16).to_be() as i64)
    }

    #[function("x, /")]
    fn ntohs(cx: &mut Cx, x: i64) -> Result<i64> {
        let _ = &cx;
        Ok(u16::from_be(x as u16) as i64)
    }

    #[function("x, /")]
    fn htonl(cx: &mut Cx, x: i64) -> Result<i64> {
        let _ = &cx;
        Ok((x as u32).to_be() as i64)
    }

    #[function("x, /")]
    fn ntohl(cx: &mut Cx, x: i64) -> Result<i64> {
        let _ = &cx;
        Ok(u32::from_be(x as u32) as i64)
    }

    #[function("")]
    fn gethostname(cx: &mut Cx) -> Result<Value> {
        let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
        Ok(cx.str(&name).value())
    }

    #[function("ip_string, /")]
    fn inet_aton(cx: &mut Cx, ip_string: String) -> Result<Value> {
        match ip_string.parse::<Ipv4Addr>() {
            Ok(a) => Ok(cx.bytes(&a.octets()).value()),
            Err(_) => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "illegal IP address string passed to inet_aton"))
            }
        }
    }

    #[function("packed_ip, /")]
    fn inet_ntoa(cx: &mut Cx, packed_ip: Value) -> Result<String> {
        match bytes_of(packed_ip).map(<[u8; 4]>::try_from) {
            Some(Ok(b)) => Ok(Ipv4Addr::from(b).to_string()),
            _ => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "packed IP wrong length"))
            }
        }
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<gscript_vm::object::simple::Module>) -> Result<()> {
        let dict = module.dict.expect();
        for (name, v) in [
            ("AF_INET", libc::AF_INET),
            ("AF_INET6", libc::AF_INET6),
            ("AF_UNIX", libc::AF_UNIX),
            ("AF_UNSPEC", libc::AF_UNSPEC),
            ("SOCK_STREAM", libc::SOCK_STREAM),
            ("SOCK_DGRAM", libc::SOCK_DGRAM),
            ("SOCK_NONBLOCK", libc::SOCK_NONBLOCK),
            ("SOCK_CLOEXEC", libc::SOCK_CLOEXEC),
            ("SOL_SOCKET", libc::SOL_SOCKET),
            ("SO_REUSEADDR", libc::SO_REUSEADDR),
            ("SO_REUSEPORT", libc::SO_REUSEPORT),
            ("SO_KEEPALIVE", libc::SO_KEEPALIVE),
            ("SO_BROADCAST", libc::SO_BROADCAST),
            ("SO_ERROR", libc::SO_ERROR),
            ("SO_TYPE", libc::SO_TYPE),
            ("SO_LINGER", libc::SO_LINGER),
            ("SO_RCVBUF", libc::SO_RCVBUF),
            ("SO_SNDBUF", libc::SO_SNDBUF),
            ("SO_ACCEPTCONN", libc::SO_ACCEPTCONN),
            ("SOMAXCONN", libc::SOMAXCONN),
            ("IPPROTO_TCP", libc::IPPROTO_TCP),
            ("IPPROTO_UDP", libc::IPPROTO_UDP),
            ("IPPROTO_IP", libc::IPPROTO_IP),
            ("IPPROTO_IPV6", libc::IPPROTO_IPV6),
            ("IPV6_V6ONLY", libc::IPV6_V6ONLY),
            ("TCP_NODELAY", libc::TCP_NODELAY),
            ("TCP_KEEPIDLE", libc::TCP_KEEPIDLE),
            ("TCP_KEEPINTVL", libc::TCP_KEEPINTVL),
            ("TCP_KEEPCNT", libc::TCP_KEEPCNT),
            ("SHUT_RD", libc::SHUT_RD),
            ("SHUT_WR", libc::SHUT_WR),
            ("SHUT_RDWR", libc::SHUT_RDWR),
            ("MSG_PEEK", libc::MSG_PEEK),
            ("MSG_OOB", libc::MSG_OOB),
            ("MSG_WAITALL", libc::MSG_WAITALL),
            ("MSG_DONTWAIT", libc::MSG_DONTWAIT),
            ("MSG_NOSIGNAL", libc::MSG_NOSIGNAL),
            ("EAI_NONAME", libc::EAI_NONAME),
            ("EAI_FAMILY", libc::EAI_FAMILY),
        ] {
            cx.dict_set_text(dict, name, Value::int32(v));
        }
        cx.dict_set_text(dict, "has_ipv6", Value::TRUE);
        let t = cx.types;
        cx.dict_set_text(dict, "error", t.os_error.value());
        cx.dict_set_text(dict, "timeout", t.timeout_error.value());
        cx.dict_set_text(dict, "herror", t.os_error.value());
        let class = cx.native_class(&socket::NATIVE);
        cx.dict_set_text(dict, "SocketType", class.value());
        Ok(())
    }
}
