//! The class `socket.socket` and the error classes.

use std::rc::Rc;

use gscript_macros::class;
use gscript_vm::green::poller::Direction;
use gscript_vm::object::class::Type;
use gscript_vm::object::native::{NativeObject, native};
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use super::address::{address_argument, address_value};
use super::core::{Core, Socket, bad_fd, is_exhausted, scratch, with_received, wrap};
use super::file::{FileOptions, make_file, text_argument};
use super::resolve::named;
use crate::io::base::{fill, room};
use crate::platform::{fd, socket as system};

/// A time limit argument: None, or seconds.
pub fn seconds(cx: &mut Cx, v: Value) -> Result<Option<f64>> {
    if v.is_none() {
        return Ok(None);
    }
    let t = cx.to_float(v)?;
    if t.is_nan() {
        return Err(cx.value_error("Invalid value NaN (not a number)"));
    }
    if t < 0.0 {
        return Err(cx.value_error("Timeout value out of range"));
    }
    Ok(Some(t))
}

/// Checks that an argument is bytes-like.
fn check_data(cx: &mut Cx, v: Value, prefix: &str) -> Result<()> {
    if bytes_of(v).is_some() {
        return Ok(());
    }
    if cx.is_instance(v, cx.types.memoryview) {
        return Err(cx.buffer_error("memoryview: underlying buffer is not C-contiguous"));
    }
    let text = format!("{prefix}a bytes-like object is required, not '{}'", cx.type_name(v));
    Err(cx.type_error(text))
}

/// Makes a socket; forgotten ones are looked for when there are too many.
pub fn open_raw(cx: &mut Cx, family: i32, kind: i32, proto: i32) -> Result<socket2::Socket> {
    let r = match system::open(family, kind, proto) {
        Err(e) if is_exhausted(&e) => {
            cx.collect(true);
            system::open(family, kind, proto)
        }
        r => r,
    };
    r.map_err(|e| cx.io_error(&e, None))
}

/// The bits of a socket type that are its kind.
pub fn plain_kind(kind: i32) -> i32 {
    kind & !(libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK)
}

#[class("socket.gaierror", base = os_error, kind = Exception)]
pub mod gaierror {}

/// What is raised in a greenlet whose socket another one closed or shut down, as gevent calls it.
#[class("gevent._socketcommon.cancel_wait_ex", base = os_error, kind = Exception)]
pub mod cancel_wait_ex {}

#[class("socket.herror", base = os_error, kind = Exception)]
pub mod herror {}

/// An end of a connection.
#[class("socket.socket", flags = HAS_DICT | HAS_ATTRIBUTE_WORD)]
pub mod socket {
    use super::*;
    use gscript_vm::convert::Kwargs;
    use gscript_vm::object::str::Str;

    #[new("*args, **kwargs")]
    fn new(cx: &mut Cx, class: Gc<Type>, args: &[Value], kwargs: Kwargs<'_>) -> Result<Value> {
        let _ = (args, kwargs);
        Ok(NativeObject::alloc(cx, class, Box::new(Socket { core: Rc::default() })).value())
    }

    #[method(name = "__init__", "family=-1, type=-1, proto=-1, fileno=None")]
    fn init(cx: &mut Cx, this: &Socket, family: i64, type_: i64, proto: i64, fileno: Option<Value>) -> Result<()> {
        cx.require(gscript_vm::authority::Authority::NETWORK)?;
        let core = this.core.clone();
        if core.fd() >= 0 {
            core.close(cx)?;
        }
        if let Some(n) = fileno {
            let n = match cx.index(n)?.as_int() {
                Some(n) if n < 0 => return Err(cx.value_error("negative file descriptor")),
                Some(n) => i32::try_from(n).unwrap_or(i32::MAX),
                None => i32::MAX,
            };
            if let Err(e) = fd::kind(n) {
                return Err(cx.io_error(&e, None));
            }
            let ask = |given: i64, name: i32| match given {
                -1 => system::int_option(n, libc::SOL_SOCKET, name),
                given => Ok(given as i32),
            };
            let found = ask(family, libc::SO_DOMAIN).and_then(|f| Ok((f, ask(type_, libc::SO_TYPE)?, ask(proto, libc::SO_PROTOCOL)?)));
            let (family, kind, proto) = found.map_err(|e| cx.io_error(&e, None))?;
            let raw = system::socket_from_fd(n);
            return match raw.set_nonblocking(true) {
                Ok(()) => core.start(cx, raw, family, plain_kind(kind), proto),
                Err(e) => Err(cx.io_error(&e, None)),
            };
        }
        let family = if family == -1 { libc::AF_INET } else { family as i32 };
        let kind = if type_ == -1 { libc::SOCK_STREAM } else { type_ as i32 };
        let proto = if proto == -1 { 0 } else { proto as i32 };
        let raw = open_raw(cx, family, kind, proto)?;
        core.start(cx, raw, family, plain_kind(kind), proto)?;
        if kind & libc::SOCK_NONBLOCK != 0 {
            core.timeout.set(Some(0.0));
        }
        Ok(())
    }

    #[method("address, /")]
    fn bind(cx: &mut Cx, this: &Socket, address: Value) -> Result<()> {
        let a = address_argument(cx, &this.core, address, "bind")?;
        this.core.call(cx, |raw| raw.bind(&a))
    }

    #[method("backlog=128, /")]
    fn listen(cx: &mut Cx, this: &Socket, backlog: i64) -> Result<()> {
        this.core.call(cx, |raw| raw.listen(backlog.clamp(0, i32::MAX as i64) as i32))
    }

    /// Waits for a connection: (socket, address).
    #[method("")]
    fn accept(cx: &mut Cx, this: &Socket) -> Result<Value> {
        accept_one(cx, &this.core, false)
    }

    /// As accept; several greenlets may wait for the same listener.
    #[method("")]
    fn _accept_shared(cx: &mut Cx, this: &Socket) -> Result<Value> {
        accept_one(cx, &this.core, true)
    }

    fn accept_one(cx: &mut Cx, core: &Rc<Core>, is_shared: bool) -> Result<Value> {
        let core = core.clone();
        let (raw, address) = core.accept(cx, is_shared)?;
        let class = cx.native_class(&super::socket::NATIVE);
        let conn = wrap(cx, class, raw, core.family.get(), core.kind.get(), core.proto.get())?;
        let shown = address_value(cx, &address);
        Ok(cx.tuple(&[conn, shown]).value())
    }

    #[method("address, /")]
    fn connect(cx: &mut Cx, this: &Socket, address: Value) -> Result<()> {
        if this.core.fd() < 0 {
            return Err(bad_fd(cx));
        }
        let until = this.core.deadline();
        let a = address_argument(cx, &this.core, address, "connect")?;
        match this.core.connect(cx, &a, until)? {
            0 => Ok(()),
            n => Err(cx.os_error(n, None)),
        }
    }

    #[method("address, /")]
    fn connect_ex(cx: &mut Cx, this: &Socket, address: Value) -> Result<i32> {
        if this.core.fd() < 0 {
            return Ok(libc::EBADF);
        }
        let until = this.core.deadline();
        let a = address_argument(cx, &this.core, address, "connect_ex")?;
        match this.core.connect(cx, &a, until) {
            Ok(n) => Ok(n),
            Err(r) if cx.pending_is(cx.types.timeout_error) => {
                cx.take_pending(r);
                Ok(libc::EAGAIN)
            }
            Err(r) if cx.pending_is(cx.types.os_error) => {
                let e = cx.take_pending(r);
                let n = cx.get_attr_text(e, "errno")?;
                Ok(n.as_int().unwrap_or(libc::EIO as i64) as i32)
            }
            Err(r) => Err(r),
        }
    }

    #[method("data, flags=0, /")]
    fn send(cx: &mut Cx, this: &Socket, data: Value, flags: i32) -> Result<usize> {
        check_data(cx, data, "")?;
        this.core.send(cx, data, flags)
    }

    /// Sends everything. The time limit is for the whole.
    #[method("data, flags=0, /")]
    fn sendall(cx: &mut Cx, this: &Socket, data: Value, flags: i32) -> Result<Value> {
        match bytes_of(data) {
            // As gevent answers it, open or closed.
            Some([]) => Ok(Value::int32(0)),
            Some(_) => this.core.send_all(cx, data, flags).map(|_| Value::NONE),
            None => check_data(cx, data, "memoryview: ").map(|_| Value::NONE),
        }
    }

    #[method("bufsize, flags=0, /")]
    fn recv(cx: &mut Cx, this: &Socket, bufsize: i64, flags: i32) -> Result<Value> {
        match usize::try_from(bufsize) {
            Ok(n) => this.core.recv(cx, n, flags),
            Err(_) => Err(cx.value_error("negative buffersize in recv")),
        }
    }

    /// How many bytes to receive into `buffer`.
    fn wanted(cx: &mut Cx, buffer: Value, nbytes: i64, what: &str) -> Result<usize> {
        if nbytes < 0 {
            return Err(cx.value_error(format!("negative buffersize in {what}")));
        }
        let n = match room(cx, buffer, what) {
            Ok(n) => n,
            Err(r) => {
                cx.take_pending(r);
                let text = format!("{what}() argument 1 must be read-write bytes-like object, not {}", cx.type_name(buffer));
                return Err(cx.type_error(text));
            }
        };
        if nbytes as usize > n {
            return Err(cx.value_error("buffer too small for requested bytes"));
        }
        Ok(if nbytes == 0 { n } else { nbytes as usize })
    }

    #[method("buffer, nbytes=0, flags=0")]
    fn recv_into(cx: &mut Cx, this: &Socket, buffer: Value, nbytes: i64, flags: i32) -> Result<usize> {
        let n = wanted(cx, buffer, nbytes, "recv_into")?;
        let mut data = Vec::new();
        this.core.recv_to(cx, n, flags, &mut data)?;
        fill(cx, buffer, &data)
    }

    #[method("bufsize, flags=0, /")]
    fn recvfrom(cx: &mut Cx, this: &Socket, bufsize: i64, flags: i32) -> Result<Value> {
        let Ok(n) = usize::try_from(bufsize) else {
            return Err(cx.value_error("negative buffersize in recvfrom"));
        };
        let (data, from) = this.core.recv_from(cx, n, flags)?;
        let from = address_value(cx, &from);
        Ok(cx.tuple(&[data, from]).value())
    }

    #[method("buffer, nbytes=0, flags=0")]
    fn recvfrom_into(cx: &mut Cx, this: &Socket, buffer: Value, nbytes: i64, flags: i32) -> Result<Value> {
        let n = wanted(cx, buffer, nbytes, "recvfrom_into")?;
        let (data, from) = this.core.recv_from(cx, n, flags)?;
        let n = fill(cx, buffer, bytes_of(data).unwrap_or_default())?;
        let from = address_value(cx, &from);
        let n = cx.int(n as i64);
        Ok(cx.tuple(&[n, from]).value())
    }

    /// Sends a datagram: sendto(data, [flags,] address).
    #[method("data, *args")]
    fn sendto(cx: &mut Cx, this: &Socket, data: Value, args: &[Value]) -> Result<usize> {
        let (flags, address) = match *args {
            [address] => (0, address),
            [flags, address] => (cx.index(flags)?.as_int().unwrap_or(0) as i32, address),
            _ => return Err(cx.type_error(format!("sendto() takes 2 or 3 arguments ({} given)", args.len() + 1))),
        };
        check_data(cx, data, "")?;
        if this.core.fd() < 0 {
            return Err(bad_fd(cx));
        }
        let to = address_argument(cx, &this.core, address, "sendto")?;
        let until = this.core.deadline();
        this.core.retry(cx, Direction::Write, "sendto of a socket", until, |fd| system::send_to(fd, bytes_of(data).unwrap_or_default(), flags, &to))
    }

    /// Sends the parts as one message, with control messages (level, type, data).
    #[method("buffers, ancdata=(), flags=0, address=None, /")]
    fn sendmsg(cx: &mut Cx, this: &Socket, buffers: Value, ancdata: Option<Value>, flags: i32, address: Option<Value>) -> Result<usize> {
        let mut data = Vec::new();
        let it = cx.iter(buffers)?;
        while let Some(part) = cx.next(it)? {
            check_data(cx, part, "")?;
            data.extend_from_slice(bytes_of(part).unwrap_or_default());
        }
        let mut controls = Vec::new();
        if let Some(list) = ancdata.filter(|a| !a.is_none()) {
            let it = cx.iter(list)?;
            while let Some(item) = cx.next(it)? {
                let t = cx.tuple_from_iterable(item)?;
                let &[level, kind, content] = t.items() else {
                    return Err(cx.type_error("sendmsg() argument 2 must be an iterable of 3-tuples"));
                };
                check_data(cx, content, "")?;
                let content = bytes_of(content).unwrap_or_default().to_vec();
                controls.push((int_argument(cx, level)?, int_argument(cx, kind)?, content));
            }
        }
        let to = match address {
            Some(a) => Some(address_argument(cx, &this.core, a, "sendmsg")?),
            None => None,
        };
        let until = this.core.deadline();
        this.core.retry(cx, Direction::Write, "sendmsg of a socket", until, |fd| system::send_message(fd, &data, &controls, flags, to.as_ref()))
    }

    fn int_argument(cx: &mut Cx, v: Value) -> Result<i32> {
        Ok(cx.index(v)?.as_int().unwrap_or(0) as i32)
    }

    /// Receives a message: the count (its data stand in the scratch buffer), control messages, flags, sender.
    fn receive_message(cx: &mut Cx, core: &Core, n: usize, control_size: i64, flags: i32) -> Result<(usize, Value, Value, Value)> {
        let Ok(room) = usize::try_from(control_size) else {
            return Err(cx.value_error("invalid ancillary data buffer length"));
        };
        let n = n.min(1 << 20);
        let until = core.deadline();
        let room = room.min(1 << 20);
        let m = core.retry(cx, Direction::Read, "recvmsg of a socket", until, |fd| scratch(n, |buf| system::receive_message(fd, buf, room, flags)))?;
        let list = cx.list_new();
        for (level, kind, data) in &m.controls {
            let data = cx.bytes(data).value();
            let t = cx.tuple(&[Value::int32(*level), Value::int32(*kind), data]).value();
            cx.list_push(list, t);
        }
        let from = address_value(cx, &m.from);
        Ok((m.count, list.value(), Value::int32(m.flags), from))
    }

    /// Receives a message: (data, control messages, flags, address).
    #[method("bufsize, ancbufsize=0, flags=0, /")]
    fn recvmsg(cx: &mut Cx, this: &Socket, bufsize: i64, ancbufsize: i64, flags: i32) -> Result<Value> {
        let Ok(n) = usize::try_from(bufsize) else {
            return Err(cx.value_error("negative buffer size in recvmsg()"));
        };
        let (count, controls, flags, from) = receive_message(cx, &this.core, n, ancbufsize, flags)?;
        let data = with_received(count, |data| cx.bytes(data).value());
        Ok(cx.tuple(&[data, controls, flags, from]).value())
    }

    /// As recvmsg, into the buffers: (count, control messages, flags, address).
    #[method("buffers, ancbufsize=0, flags=0, /")]
    fn recvmsg_into(cx: &mut Cx, this: &Socket, buffers: Value, ancbufsize: i64, flags: i32) -> Result<Value> {
        let buffers = cx.list_from_iterable(buffers)?;
        let mut n = 0;
        for i in 0..buffers.len() {
            let b = cx.list_get(buffers, i);
            n += room(cx, b, "recvmsg_into")?;
        }
        let (count, controls, flags, from) = receive_message(cx, &this.core, n, ancbufsize, flags)?;
        let data = with_received(count, |data| data.to_vec());
        let mut rest = &data[..];
        for i in 0..buffers.len() {
            let b = cx.list_get(buffers, i);
            let k = fill(cx, b, rest)?;
            rest = &rest[k.min(rest.len())..];
        }
        let count = cx.int(count as i64);
        Ok(cx.tuple(&[count, controls, flags, from]).value())
    }

    /// Sends a file from its position or `offset` to its end, or `count` bytes; how many were sent.
    #[method("file, offset=0, count=None")]
    fn sendfile(cx: &mut Cx, this: &Socket, file: Value, offset: i64, count: Option<i64>) -> Result<i64> {
        if plain_kind(this.core.kind.get()) != libc::SOCK_STREAM {
            return Err(cx.value_error("only SOCK_STREAM type sockets are supported"));
        }
        if this.core.timeout.get() == Some(0.0) {
            return Err(cx.value_error("non-blocking sockets are not supported"));
        }
        if count.is_some_and(|n| n <= 0) {
            return Err(cx.value_error("count must be a positive integer"));
        }
        if offset != 0 {
            let at = cx.int(offset);
            cx.call_method(file, "seek", &[at])?;
        }
        let mut sent = 0;
        while count.is_none_or(|n| sent < n) {
            let want = count.map_or(1 << 16, |n| (n - sent).min(1 << 16));
            let want = cx.int(want);
            let data = cx.call_method(file, "read", &[want])?;
            check_data(cx, data, "")?;
            let n = bytes_of(data).unwrap_or_default().len();
            if n == 0 {
                break;
            }
            this.core.send_all(cx, data, 0)?;
            sent += n as i64;
        }
        Ok(sent)
    }

    #[method("how, /")]
    fn shutdown(cx: &mut Cx, this: &Socket, how: i32) -> Result<()> {
        this.core.shutdown(cx, how)
    }

    #[method("")]
    fn close(cx: &mut Cx, this: &Socket) -> Result<()> {
        this.core.close(cx)
    }

    /// Closes the connection although files made from it are open.
    #[method("")]
    fn _close_with_files(cx: &mut Cx, this: &Socket) -> Result<()> {
        this.core.clone().close_with_files(cx)
    }

    #[method("")]
    fn detach(cx: &mut Cx, this: &Socket) -> Result<i32> {
        this.core.detach(cx)
    }

    #[method("")]
    fn fileno(this: &Socket) -> i32 {
        this.core.fd()
    }

    #[method("")]
    fn getsockname(cx: &mut Cx, this: &Socket) -> Result<Value> {
        let a = this.core.call(cx, |raw| raw.local_addr())?;
        Ok(address_value(cx, &a))
    }

    #[method("")]
    fn getpeername(cx: &mut Cx, this: &Socket) -> Result<Value> {
        let a = this.core.call(cx, |raw| raw.peer_addr())?;
        Ok(address_value(cx, &a))
    }

    #[method("value, /")]
    fn settimeout(cx: &mut Cx, this: &Socket, value: Value) -> Result<()> {
        let t = seconds(cx, value)?;
        this.core.timeout.set(t);
        Ok(())
    }

    #[method("")]
    fn gettimeout(this: &Socket) -> Option<f64> {
        this.core.timeout.get()
    }

    #[method("flag, /")]
    fn setblocking(this: &Socket, flag: bool) {
        this.core.timeout.set(if flag { None } else { Some(0.0) });
    }

    #[method("")]
    fn getblocking(this: &Socket) -> bool {
        this.core.timeout.get() != Some(0.0)
    }

    #[method("level, optname, value, optlen=None, /")]
    fn setsockopt(cx: &mut Cx, this: &Socket, level: i32, optname: i32, value: Value, optlen: Option<i64>) -> Result<()> {
        let n = this.core.fd();
        let r = match (bytes_of(value), optlen) {
            (Some(b), _) => system::setsockopt(n, level, optname, b),
            (None, Some(len)) if value.is_none() => system::setsockopt_none(n, level, optname, len as u32),
            _ => {
                let Some(i) = cx.index(value)?.as_int().and_then(|i| i32::try_from(i).ok()) else {
                    let text = format!("a bytes-like object is required, not '{}'", cx.type_name(value));
                    return Err(cx.type_error(text));
                };
                system::setsockopt(n, level, optname, &i.to_ne_bytes())
            }
        };
        r.map_err(|e| cx.io_error(&e, None))
    }

    #[method("level, optname, buflen=0, /")]
    fn getsockopt(cx: &mut Cx, this: &Socket, level: i32, optname: i32, buflen: i64) -> Result<Value> {
        let n = this.core.fd();
        if buflen == 0 {
            return system::int_option(n, level, optname).map(Value::int32).map_err(|e| cx.io_error(&e, None));
        }
        if !(0..=1024).contains(&buflen) {
            let class = cx.types.os_error;
            return Err(cx.raise(class, "getsockopt buflen out of range"));
        }
        match system::getsockopt(n, level, optname, buflen as usize) {
            Ok(data) => Ok(cx.bytes(&data).value()),
            Err(e) => Err(cx.io_error(&e, None)),
        }
    }

    /// A file on the socket.
    #[method("mode='r', buffering=None, *, encoding=None, errors=None, newline=None")]
    fn makefile(
        cx: &mut Cx,
        this: Value,
        mode: Option<String>,
        buffering: Option<i64>,
        encoding: Option<Gc<Str>>,
        errors: Option<Gc<Str>>,
        newline: Option<String>,
    ) -> Result<Value> {
        let mode = mode.unwrap_or_else(|| "r".to_string());
        let (encoding, errors) = (text_argument(encoding), text_argument(errors));
        make_file(cx, this, &FileOptions { mode: &mode, buffering, encoding, errors, newline: newline.as_deref() })
    }

    /// A new socket object on a duplicate of the descriptor.
    #[method("")]
    fn dup(cx: &mut Cx, this: Gc<NativeObject>) -> Result<Value> {
        let Some(s) = native::<Socket>(this.value()) else { return Ok(Value::NONE) };
        let raw = s.core.call(cx, |raw| raw.try_clone())?;
        let class = cx.class_of(this.value());
        let v = wrap(cx, class, raw, s.core.family.get(), s.core.kind.get(), s.core.proto.get())?;
        if let Some(copy) = native::<Socket>(v) {
            copy.core.timeout.set(s.core.timeout.get());
        }
        Ok(v)
    }

    #[method("")]
    fn get_inheritable(cx: &mut Cx, this: &Socket) -> Result<bool> {
        fd::is_inheritable(this.core.fd()).map_err(|e| cx.io_error(&e, None))
    }

    #[method("inheritable, /")]
    fn set_inheritable(cx: &mut Cx, this: &Socket, inheritable: bool) -> Result<()> {
        fd::set_inheritable(this.core.fd(), inheritable).map_err(|e| cx.io_error(&e, None))
    }

    #[getter]
    fn family(cx: &mut Cx, this: &Socket) -> Value {
        named(cx, 0, this.core.family.get())
    }

    #[getter(name = "type")]
    fn type_(cx: &mut Cx, this: &Socket) -> Value {
        named(cx, 1, this.core.kind.get())
    }

    #[getter]
    fn proto(this: &Socket) -> i32 {
        this.core.proto.get()
    }

    #[getter]
    fn timeout(this: &Socket) -> Option<f64> {
        this.core.timeout.get()
    }

    #[getter]
    fn closed(this: &Socket) -> bool {
        this.core.is_closed.get()
    }

    #[method(name = "__enter__", "")]
    fn enter(this: Value) -> Value {
        this
    }

    #[method(name = "__exit__", "*args")]
    fn exit(cx: &mut Cx, this: Gc<NativeObject>, args: &[Value]) -> Result<()> {
        let _ = args;
        if let Some(s) = native::<Socket>(this.value()) {
            if !s.core.is_closed.get() {
                cx.call_method(this.value(), "close", &[])?;
            }
        }
        Ok(())
    }

    #[method(name = "__reduce_ex__", "protocol, /")]
    fn reduce(cx: &mut Cx, this: Value, protocol: Value) -> Result<Value> {
        let _ = protocol;
        let text = format!("cannot pickle '{}' object", cx.type_name(this));
        Err(cx.type_error(text))
    }

    #[method(name = "__repr__", "")]
    fn repr(cx: &mut Cx, this: Gc<NativeObject>) -> Result<String> {
        let Some(s) = native::<Socket>(this.value()) else {
            return Ok(String::new());
        };
        let class = cx.class_of(this.value());
        let name = cx.class_display_name(class);
        let c = s.core.clone();
        let closed = if c.is_closed.get() { " [closed]" } else { "" };
        let mut text = format!("<{name}{closed} fd={}, family={}, type={}, proto={}", c.fd(), c.family.get(), c.kind.get(), c.proto.get());
        if !c.is_closed.get() {
            for (what, address) in [("laddr", c.call(cx, |raw| raw.local_addr())), ("raddr", c.call(cx, |raw| raw.peer_addr()))] {
                match address {
                    Ok(a) => {
                        let v = address_value(cx, &a);
                        // The end of a pair has no name.
                        if cx.truth(v)? {
                            text += &format!(", {what}={}", cx.repr(v)?.lossy());
                        }
                    }
                    Err(r) => drop(cx.take_pending(r)),
                }
            }
        }
        text.push('>');
        Ok(text)
    }
}
