//! Addresses: what scripts pass as one, and how one is shown.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use gscript_vm::object::tuple::Tuple;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Raised, Result};
use socket2::SockAddr;

use super::core::Core;
use super::resolve::{self, numeric};

/// A port number of an argument; `what` is the function.
pub fn port_argument(cx: &mut Cx, v: Value, what: &str) -> Result<u16> {
    let i = cx.index(v)?;
    match i.as_int().and_then(|i| u16::try_from(i).ok()) {
        Some(p) => Ok(p),
        None => Err(cx.overflow_error(format!("{what}(): port must be 0-65535."))),
    }
}

/// A host argument: str or bytes.
pub fn host_argument(cx: &mut Cx, v: Value) -> Result<String> {
    let bytes = match (v.as_str_object(), bytes_of(v)) {
        (Some(s), _) => s.lossy().into_owned(),
        (None, Some(b)) => String::from_utf8_lossy(b).into_owned(),
        _ => {
            let text = format!("str, bytes or bytearray expected, not {}", cx.type_name(v));
            return Err(cx.type_error(text));
        }
    };
    if bytes.contains('\0') {
        return Err(cx.type_error("host name must not contain null character"));
    }
    Ok(bytes)
}

fn family_name(family: i32) -> &'static str {
    if family == libc::AF_INET6 { "AF_INET6" } else { "AF_INET" }
}

/// The address argument of bind, connect and the like. A name is looked up, which may park.
pub fn address_argument(cx: &mut Cx, s: &Core, v: Value, what: &str) -> Result<SockAddr> {
    let family = s.family.get();
    match family {
        libc::AF_UNIX => unix_argument(cx, v),
        libc::AF_INET | libc::AF_INET6 => inet_argument(cx, family, v, what),
        _ if s.fd() < 0 => Err(super::core::bad_fd(cx)),
        _ => {
            let class = cx.types.os_error;
            Err(cx.raise(class, &format!("{what}(): bad family")))
        }
    }
}

fn unix_argument(cx: &mut Cx, v: Value) -> Result<SockAddr> {
    let path = match (v.as_str_object(), bytes_of(v)) {
        (Some(p), _) => crate::io::file::fs_bytes(cx, p)?,
        (None, Some(b)) => b.to_vec(),
        _ => {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(v));
            return Err(cx.type_error(text));
        }
    };
    use std::os::unix::ffi::OsStrExt;
    let is_abstract = path.first() == Some(&0);
    // The system wants a 0 behind a path.
    if path.len() > 107 + is_abstract as usize {
        let class = cx.types.os_error;
        return Err(cx.raise(class, "AF_UNIX path too long"));
    }
    SockAddr::unix(std::ffi::OsStr::from_bytes(&path)).map_err(|e| cx.io_error(&e, None))
}

fn inet_argument(cx: &mut Cx, family: i32, v: Value, what: &str) -> Result<SockAddr> {
    let Some(t) = v.as_gc::<Tuple>() else {
        let text = format!("{what}(): {} address must be tuple, not {}", family_name(family), cx.type_name(v));
        return Err(cx.type_error(text));
    };
    let is_six = family == libc::AF_INET6;
    let is_right = if is_six { (2..=4).contains(&t.len()) } else { t.len() == 2 };
    if !is_right {
        let text = if is_six { "AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])" } else { "AF_INET address must be a pair (host, port)" };
        return Err(cx.type_error(text));
    }
    let host = host_argument(cx, t.items()[0])?;
    let port = port_argument(cx, t.items()[1], what)?;
    let mut rest = [0u32; 2];
    for (r, &v) in rest.iter_mut().zip(t.items().iter().skip(2)) {
        let i = cx.index(v)?;
        *r = i.as_int().and_then(|i| u32::try_from(i).ok()).ok_or_else(|| cx.overflow_error(format!("{what}(): flowinfo must be 0-1048575.")))?;
    }
    let mut found = host_address(cx, &host, family)?;
    found.set_port(port);
    if let SocketAddr::V6(a) = &mut found {
        a.set_flowinfo(rest[0].to_be());
        if rest[1] != 0 {
            a.set_scope_id(rest[1]);
        }
    }
    Ok(SockAddr::from(found))
}

/// The address of a host: numbers at once, names by the resolver.
pub fn host_address(cx: &mut Cx, host: &str, family: i32) -> Result<SocketAddr> {
    let is_six = family == libc::AF_INET6;
    match host {
        "" if is_six => return Ok(SocketAddr::from((Ipv6Addr::UNSPECIFIED, 0))),
        "" => return Ok(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0))),
        "<broadcast>" if !is_six => return Ok(SocketAddr::from((Ipv4Addr::BROADCAST, 0))),
        _ => {}
    }
    if let Some(ip) = numeric(host) {
        if ip.is_ipv6() == is_six {
            return Ok(SocketAddr::new(ip, 0));
        }
        return Err(resolve::gai_error(cx, -9, "Address family for hostname not supported"));
    }
    let found = resolve::look_up(cx, Some(host), None, family, libc::SOCK_DGRAM, 0, 0)?;
    match found.iter().find_map(|f| f.address.as_socket()) {
        Some(a) => Ok(a),
        None => Err(resolve::gai_error(cx, libc::EAI_NONAME, "Name or service not known")),
    }
}

/// An address as Python shows it.
pub fn address_value(cx: &mut Cx, a: &SockAddr) -> Value {
    if let Some(a) = a.as_socket() {
        return inet_value(cx, a);
    }
    if let Some(p) = a.as_pathname() {
        use std::os::unix::ffi::OsStrExt;
        return crate::io::fs_str(cx, p.as_os_str().as_bytes());
    }
    match a.as_abstract_namespace() {
        Some(name) => {
            let name = [b"\0", name].concat();
            cx.bytes(&name).value()
        }
        None if a.family() as i32 == libc::AF_UNIX => cx.str("").value(),
        None => Value::NONE,
    }
}

/// As [`address_value`] for the families of the internet.
pub fn inet_value(cx: &mut Cx, a: SocketAddr) -> Value {
    let host = match a {
        SocketAddr::V6(v6) if v6.scope_id() != 0 => scoped(v6.ip(), v6.scope_id()),
        _ => a.ip().to_string(),
    };
    let host = cx.str(&host).value();
    let port = Value::int32(a.port() as i32);
    match a {
        SocketAddr::V4(_) => cx.tuple(&[host, port]).value(),
        SocketAddr::V6(v6) => {
            let flow = cx.int(u32::from_be(v6.flowinfo()) as i64);
            let scope = cx.int(v6.scope_id() as i64);
            cx.tuple(&[host, port, flow, scope]).value()
        }
    }
}

/// A link-local address with its interface.
fn scoped(ip: &Ipv6Addr, scope: u32) -> String {
    match crate::platform::names::interface_name(scope) {
        Ok(name) => format!("{ip}%{}", String::from_utf8_lossy(&name)),
        Err(_) => format!("{ip}%{scope}"),
    }
}

/// The error of a text that is no address.
pub fn illegal(cx: &mut Cx, what: &str) -> Raised {
    let class = cx.types.os_error;
    cx.raise(class, &format!("illegal IP address string passed to {what}"))
}

/// `inet_aton`: also the short and the octal and hexadecimal forms.
pub fn four_bytes(text: &str) -> Option<[u8; 4]> {
    // What follows white space does not count.
    let text = text.split([' ', '\t', '\n']).next()?;
    let parts: Vec<&str> = text.split('.').collect();
    if parts.len() > 4 {
        return None;
    }
    let mut value = 0u32;
    for (i, part) in parts.iter().enumerate() {
        let n = match part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None if part.starts_with('0') && part.len() > 1 => u32::from_str_radix(part, 8).ok()?,
            None if part.bytes().all(|b| b.is_ascii_digit()) => part.parse().ok()?,
            None => return None,
        };
        // The last part fills what is left.
        let is_last = i + 1 == parts.len();
        let bits = if is_last { 32 - 8 * i as u32 } else { 8 };
        if bits < 32 && n >> bits != 0 {
            return None;
        }
        value |= if is_last { n } else { n << (24 - 8 * i as u32) };
    }
    Some(value.to_be_bytes())
}

/// A packed address of 4 or 16 bytes.
pub fn packed(family: i32, bytes: &[u8]) -> Option<IpAddr> {
    match family {
        libc::AF_INET => <[u8; 4]>::try_from(bytes).ok().map(|b| IpAddr::V4(b.into())),
        _ => <[u8; 16]>::try_from(bytes).ok().map(|b| IpAddr::V6(b.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::four_bytes;

    #[test]
    fn short_and_octal_addresses() {
        assert_eq!(four_bytes("127.1"), Some([127, 0, 0, 1]));
        assert_eq!(four_bytes("0x7f.0.0.010"), Some([127, 0, 0, 8]));
        assert_eq!(four_bytes("4294967295"), Some([255; 4]));
        for bad in ["", "x", "1.2.3.4.5", "256.1.1.1", "1.2.3.256", "1..2", "-1"] {
            assert_eq!(four_bytes(bad), None, "{bad}");
        }
    }
}
