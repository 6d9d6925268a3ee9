//! `_socket`: the native part of `socket`; the rest is in `gs/socket.gs`. Only the calling greenlet waits (`spec/socket.md`).
//!
//! | file | what |
//! |---|---|
//! | `core.rs` | a descriptor with its time limit: trying, waiting, closing |
//! | `class.rs` | the class `socket`, the errors |
//! | `file.rs`, `orphans.rs` | `makefile`, and files that were forgotten |
//! | `address.rs`, `resolve.rs` | addresses and names |
//! | `constants.rs` | numbers |

pub mod address;
pub mod class;
pub mod constants;
pub mod core;
pub mod file;
mod orphans;
pub mod resolve;

use std::net::{IpAddr, Ipv4Addr};

use gscript_macros::module;
use gscript_vm::object::native::native;
use gscript_vm::object::simple::Module;
use gscript_vm::object::tuple::Tuple;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};
use socket2::{SockAddr, Socket as Raw};

use self::core::{Socket, State, wrap};
use crate::platform::{fd, names, socket as system};
use class::{gaierror, herror, open_raw, plain_kind, seconds};

/// Sockets.
#[module("_socket")]
pub mod module {
    use super::*;
    use gscript_vm::object::dict::Dict;

    fn object(cx: &mut Cx, raw: Raw, family: i32, kind: i32, proto: i32) -> Result<Value> {
        let class = cx.native_class(&class::socket::NATIVE);
        wrap(cx, class, raw, family, plain_kind(kind), proto)
    }

    /// Two sockets connected to each other.
    #[function("family=None, type=1, proto=0")]
    fn socketpair(cx: &mut Cx, family: Option<i32>, type_: i32, proto: i32) -> Result<Value> {
        let family = family.unwrap_or(libc::AF_UNIX);
        let (a, b) = system::pair(family, type_, proto).map_err(|e| cx.io_error(&e, None))?;
        let a = object(cx, a, family, type_, proto)?;
        let b = object(cx, b, family, type_, proto)?;
        Ok(cx.tuple(&[a, b]).value())
    }

    /// Connects to `address`, trying each of the host's addresses.
    #[function("address, timeout=..., source_address=None, *, all_errors=False", style = "python")]
    fn create_connection(cx: &mut Cx, address: Value, timeout: Option<Value>, source_address: Option<Value>, all_errors: Option<bool>) -> Result<Value> {
        let t = match address.as_gc::<Tuple>() {
            Some(t) => t,
            None => cx.tuple_from_iterable(address)?,
        };
        let &[host, port] = t.items() else {
            return Err(match t.len() {
                n if n > 2 => cx.value_error("too many values to unpack (expected 2)"),
                n => cx.value_error(format!("not enough values to unpack (expected 2, got {n})")),
            });
        };
        let limit = match timeout {
            Some(v) => seconds(cx, v)?,
            None => cx.extension::<State>().default_timeout,
        };
        let found = found_addresses(cx, host, port)?;
        let mut errors = Vec::new();
        // Their errors stay alive here.
        let kept = cx.list_new();
        for (family, kind, proto, address) in found {
            let r = open_raw(cx, family, kind, proto).and_then(|raw| object(cx, raw, family, kind, proto));
            let r = r.and_then(|v| {
                let Some(s) = native::<Socket>(v) else { return Ok(v) };
                s.core.timeout.set(limit);
                match connect_one(cx, s, &address, source_address) {
                    Ok(()) => Ok(v),
                    Err(r) => {
                        let e = cx.take_pending(r);
                        s.core.close(cx)?;
                        Err(cx.reraise(e))
                    }
                }
            });
            match r {
                Ok(v) => return Ok(v),
                Err(r) if cx.pending_is(cx.types.os_error) => {
                    let e = cx.take_pending(r);
                    cx.list_push(kept, e);
                    errors.push(e);
                }
                Err(r) => return Err(r),
            }
        }
        match errors.last() {
            Some(_) if all_errors == Some(true) => {
                let class = cx.types.exception_group.value();
                let text = cx.str("create_connection failed").value();
                let group = cx.call(class, &[text, kept.value()])?;
                Err(cx.raise_value(group))
            }
            Some(&e) => Err(cx.reraise(e)),
            None => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "getaddrinfo returns an empty list"))
            }
        }
    }

    /// What `getaddrinfo` of a script or of this module finds for a stream connection.
    fn found_addresses(cx: &mut Cx, host: Value, port: Value) -> Result<Vec<(i32, i32, i32, SockAddr)>> {
        // A number needs no look-up.
        if let (Some(h), Some(p)) = (host.as_str_object(), port.as_int().and_then(|p| u16::try_from(p).ok())) {
            if let Some(ip) = resolve::numeric(&h.lossy()) {
                let family = if ip.is_ipv6() { libc::AF_INET6 } else { libc::AF_INET };
                return Ok(vec![(family, libc::SOCK_STREAM, libc::IPPROTO_TCP, SockAddr::from(std::net::SocketAddr::new(ip, p)))]);
            }
        }
        let list = resolve::getaddrinfo(cx, host, port, 0, libc::SOCK_STREAM, 0, 0)?;
        let Some(list) = list.as_gc::<gscript_vm::object::list::List>() else { return Ok(Vec::new()) };
        let mut out = Vec::new();
        for i in 0..list.len() {
            let Some(t) = cx.list_get(list, i).as_gc::<Tuple>() else { continue };
            let &[family, kind, proto, _, address] = t.items() else { continue };
            let mut number = |v: Value| cx.index(v).map(|v| v.as_int().unwrap_or(0) as i32);
            let (family, kind, proto) = (number(family)?, number(kind)?, number(proto)?);
            let like = self::core::Core::default();
            like.family.set(family);
            let address = address::address_argument(cx, &like, address, "connect")?;
            out.push((family, kind, proto, address));
        }
        Ok(out)
    }

    fn connect_one(cx: &mut Cx, s: &Socket, to: &SockAddr, source: Option<Value>) -> Result<()> {
        if let Some(source) = source {
            let from = address::address_argument(cx, &s.core, source, "bind")?;
            s.core.call(cx, |raw| raw.bind(&from))?;
        }
        let until = s.core.deadline();
        match s.core.connect(cx, to, until)? {
            0 => Ok(()),
            n => Err(cx.os_error(n, None)),
        }
    }

    /// A socket object from a duplicate of the descriptor.
    #[function("fd, family, type, proto=0")]
    fn fromfd(cx: &mut Cx, fd: i32, family: i32, type_: i32, proto: i32) -> Result<Value> {
        let raw = system::dup(fd).map(Raw::from).and_then(|raw| raw.set_nonblocking(true).map(|_| raw));
        let raw = raw.map_err(|e| cx.io_error(&e, None))?;
        object(cx, raw, family, type_, proto)
    }

    /// Duplicates a descriptor.
    #[function("fd, /")]
    fn dup(cx: &mut Cx, fd: i32) -> Result<i32> {
        fd::duplicate(fd).map_err(|e| cx.io_error(&e, None))
    }

    /// Closes a descriptor.
    #[function("fd, /")]
    fn close(cx: &mut Cx, fd: i32) -> Result<()> {
        fd::close(fd).map_err(|e| cx.io_error(&e, None))
    }

    #[function("")]
    fn getdefaulttimeout(cx: &mut Cx) -> Option<f64> {
        cx.extension::<State>().default_timeout
    }

    #[function("timeout, /")]
    fn setdefaulttimeout(cx: &mut Cx, timeout: Value) -> Result<()> {
        let t = seconds(cx, timeout)?;
        cx.extension::<State>().default_timeout = t;
        Ok(())
    }

    /// The members of AddressFamily and SocketKind by number.
    #[function("families, kinds, /")]
    fn _set_names(cx: &mut Cx, families: Gc<Dict>, kinds: Gc<Dict>) {
        cx.extension::<State>().names = [Some(families), Some(kinds)];
    }

    fn unsigned(cx: &mut Cx, x: Value, bits: u32, name: &str) -> Result<u32> {
        let i = cx.index(x)?;
        match i.as_int() {
            Some(i) if (0..1 << bits).contains(&i) => Ok(i as u32),
            Some(i) if i < 0 => Err(cx.overflow_error(format!("{name}: can't convert negative Python int to C {bits}-bit unsigned integer"))),
            _ => Err(cx.overflow_error(format!("{name}: Python int too large to convert to C {bits}-bit unsigned integer"))),
        }
    }

    #[function("x, /")]
    fn htons(cx: &mut Cx, x: Value) -> Result<u32> {
        Ok((unsigned(cx, x, 16, "htons")? as u16).to_be() as u32)
    }

    #[function("x, /")]
    fn ntohs(cx: &mut Cx, x: Value) -> Result<u32> {
        Ok(u16::from_be(unsigned(cx, x, 16, "ntohs")? as u16) as u32)
    }

    #[function("x, /")]
    fn htonl(cx: &mut Cx, x: Value) -> Result<u32> {
        Ok(unsigned(cx, x, 32, "htonl")?.to_be())
    }

    #[function("x, /")]
    fn ntohl(cx: &mut Cx, x: Value) -> Result<u32> {
        Ok(u32::from_be(unsigned(cx, x, 32, "ntohl")?))
    }

    #[function("ip_string, /")]
    fn inet_aton(cx: &mut Cx, ip_string: String) -> Result<Value> {
        match address::four_bytes(&ip_string) {
            Some(b) => Ok(cx.bytes(&b).value()),
            None => Err(address::illegal(cx, "inet_aton")),
        }
    }

    #[function("packed_ip, /")]
    fn inet_ntoa(cx: &mut Cx, packed_ip: Value) -> Result<String> {
        let Some(bytes) = bytes_of(packed_ip) else {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(packed_ip));
            return Err(cx.type_error(text));
        };
        match <[u8; 4]>::try_from(bytes) {
            Ok(b) => Ok(Ipv4Addr::from(b).to_string()),
            Err(_) => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "packed IP wrong length for inet_ntoa"))
            }
        }
    }

    #[function("address_family, ip_string, /")]
    fn inet_pton(cx: &mut Cx, address_family: i32, ip_string: String) -> Result<Value> {
        let found = match address_family {
            libc::AF_INET => ip_string.parse().ok().map(|a: Ipv4Addr| a.octets().to_vec()),
            libc::AF_INET6 => ip_string.parse().ok().map(|a: std::net::Ipv6Addr| a.octets().to_vec()),
            _ => return Err(cx.os_error(libc::EAFNOSUPPORT, None)),
        };
        match found {
            Some(b) => Ok(cx.bytes(&b).value()),
            None => Err(address::illegal(cx, "inet_pton")),
        }
    }

    #[function("address_family, packed_ip, /")]
    fn inet_ntop(cx: &mut Cx, address_family: i32, packed_ip: Value) -> Result<String> {
        if address_family != libc::AF_INET && address_family != libc::AF_INET6 {
            return Err(cx.value_error(format!("unknown address family {address_family}")));
        }
        let Some(bytes) = bytes_of(packed_ip) else {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(packed_ip));
            return Err(cx.type_error(text));
        };
        match address::packed(address_family, bytes) {
            Some(IpAddr::V4(a)) => Ok(a.to_string()),
            Some(IpAddr::V6(a)) => Ok(a.to_string()),
            None => Err(cx.value_error("invalid length of packed IP address string")),
        }
    }

    #[function("")]
    fn gethostname(cx: &mut Cx) -> Value {
        let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
        cx.str(&name).value()
    }

    /// Addresses of a host and a service: (family, type, proto, canonname, sockaddr) for each.
    #[function("host, port, family=0, type=0, proto=0, flags=0")]
    fn getaddrinfo(cx: &mut Cx, host: Value, port: Value, family: i32, type_: i32, proto: i32, flags: i32) -> Result<Value> {
        resolve::getaddrinfo(cx, host, port, family, type_, proto, flags)
    }

    #[function("host, /")]
    fn gethostbyname(cx: &mut Cx, host: Value) -> Result<Value> {
        resolve::gethostbyname(cx, host)
    }

    #[function("host, /")]
    fn gethostbyname_ex(cx: &mut Cx, host: Value) -> Result<Value> {
        resolve::gethostbyname_ex(cx, host)
    }

    #[function("host, /")]
    fn gethostbyaddr(cx: &mut Cx, host: Value) -> Result<Value> {
        resolve::gethostbyaddr(cx, host)
    }

    #[function("sockaddr, flags, /")]
    fn getnameinfo(cx: &mut Cx, sockaddr: Value, flags: i32) -> Result<Value> {
        resolve::getnameinfo(cx, sockaddr, flags)
    }

    #[function("servicename, protocolname=None, /")]
    fn getservbyname(cx: &mut Cx, servicename: String, protocolname: Option<String>) -> Result<u16> {
        let is_it = |e: &resolve::Entry| (e.name == servicename || e.aliases.contains(&servicename)) && protocolname.as_ref().is_none_or(|p| *p == e.protocol);
        match resolve::entries("/etc/services").iter().find(|e| is_it(e)) {
            Some(e) => Ok(e.number),
            None => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "service/proto not found"))
            }
        }
    }

    #[function("port, protocolname=None, /")]
    fn getservbyport(cx: &mut Cx, port: i64, protocolname: Option<String>) -> Result<String> {
        let Ok(port) = u16::try_from(port) else {
            return Err(cx.overflow_error("getservbyport: port must be 0-65535."));
        };
        let found = resolve::entries("/etc/services");
        match found.into_iter().find(|e| e.number == port && protocolname.as_ref().is_none_or(|p| *p == e.protocol)) {
            Some(e) => Ok(e.name),
            None => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "port/proto not found"))
            }
        }
    }

    #[function("name, /")]
    fn getprotobyname(cx: &mut Cx, name: String) -> Result<u16> {
        let found = resolve::entries("/etc/protocols");
        match found.iter().find(|e| e.name == name || e.aliases.contains(&name)) {
            Some(e) => Ok(e.number),
            None => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "protocol not found"))
            }
        }
    }

    #[function("if_name, /")]
    fn if_nametoindex(cx: &mut Cx, if_name: String) -> Result<u32> {
        let found = std::ffi::CString::new(if_name).ok().and_then(|n| names::interface_number(&n).ok());
        match found {
            Some(n) => Ok(n),
            None => {
                let class = cx.types.os_error;
                Err(cx.raise(class, "no interface with this name"))
            }
        }
    }

    #[function("if_index, /")]
    fn if_indextoname(cx: &mut Cx, if_index: u32) -> Result<Value> {
        match names::interface_name(if_index) {
            Ok(name) => Ok(crate::io::fs_str(cx, &name)),
            Err(e) => Err(cx.io_error(&e, None)),
        }
    }

    #[function("")]
    fn if_nameindex(cx: &mut Cx) -> Result<Value> {
        let found = names::interfaces().map_err(|e| cx.io_error(&e, None))?;
        let list = cx.list_new();
        for (n, name) in found {
            let name = crate::io::fs_str(cx, &name);
            let n = cx.int(n as i64);
            let t = cx.tuple(&[n, name]).value();
            cx.list_push(list, t);
        }
        Ok(list.value())
    }

    #[function(name = "CMSG_LEN", "length, /")]
    fn cmsg_len(length: u32) -> usize {
        system::control_room(length).0
    }

    #[function(name = "CMSG_SPACE", "length, /")]
    fn cmsg_space(length: u32) -> usize {
        system::control_room(length).1
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        for &(name, n) in [constants::FAMILIES, constants::KINDS, constants::OTHERS, constants::MORE].into_iter().flatten() {
            let v = cx.int(n);
            cx.dict_set_text(dict, name, v);
        }
        cx.dict_set_text(dict, "has_ipv6", Value::TRUE);
        let t = cx.types;
        cx.dict_set_text(dict, "error", t.os_error.value());
        cx.dict_set_text(dict, "timeout", t.timeout_error.value());
        for native in [&gaierror::NATIVE, &herror::NATIVE, &class::cancel_wait_ex::NATIVE, &class::socket::NATIVE] {
            let c = cx.native_class(native);
            cx.dict_set_text(dict, native.name, c.value());
        }
        let c = cx.native_class(&class::socket::NATIVE);
        cx.dict_set_text(dict, "SocketType", c.value());
        let c = file::socket_io_class(cx)?;
        cx.dict_set_text(dict, "SocketIO", c.value());
        Ok(())
    }
}
