//! Names: `getaddrinfo` and its kin, on the thread pool; numbers are answered at once.

use std::ffi::CString;
use std::net::{IpAddr, SocketAddr};

use gscript_vm::object::tuple::Tuple;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::Value;
use gscript_vm::vm::{Cx, Raised, Result};

use super::address::host_argument;
use super::class::{gaierror, herror};
use super::core::State;
use crate::platform::names::{self, Failure, Found, Query};

/// `gaierror(code, text)`.
#[cold]
pub fn gai_error(cx: &mut Cx, code: i32, text: &str) -> Raised {
    let class = cx.native_class(&gaierror::NATIVE);
    let text = cx.str(text).value();
    cx.raise_with(class, &[Value::int32(code), text])
}

#[cold]
fn failed(cx: &mut Cx, f: Failure) -> Raised {
    if f.code == libc::EAI_SYSTEM { cx.os_error(f.errno, None) } else { gai_error(cx, f.code, &f.text()) }
}

/// An address that needs no look-up.
pub fn numeric(host: &str) -> Option<IpAddr> {
    host.parse().ok()
}

fn c_string(cx: &mut Cx, text: &str) -> Result<CString> {
    CString::new(text).map_err(|_| cx.value_error("embedded null character"))
}

/// Looks up a host and a service. Parks unless the host is a number.
pub fn look_up(cx: &mut Cx, host: Option<&str>, service: Option<&str>, family: i32, kind: i32, proto: i32, flags: i32) -> Result<Vec<Found>> {
    let mut q = Query { host: None, service: None, family, kind, proto, flags };
    if let Some(h) = host {
        q.host = Some(c_string(cx, h)?);
    }
    if let Some(s) = service {
        q.service = Some(c_string(cx, s)?);
    }
    let is_number = |t: Option<&str>| t.is_none_or(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit()));
    let is_quick = host.is_none_or(|h| numeric(h).is_some()) && is_number(service);
    let found = if is_quick { names::look_up(&q) } else { cx.offload("a name look-up", move || names::look_up(&q))? };
    found.map_err(|f| failed(cx, f))
}

/// A member of `AddressFamily` (0) or `SocketKind` (1), or the number.
pub fn named(cx: &mut Cx, which: usize, n: i32) -> Value {
    let number = Value::int32(n);
    let Some(dict) = cx.extension::<State>().names[which] else { return number };
    match cx.dict_get(dict, number) {
        Ok(Some(v)) => v,
        _ => number,
    }
}

/// The host argument of the functions here, as the resolver takes it: IDNA for what is not ASCII.
fn host_text(cx: &mut Cx, v: Value) -> Result<Option<String>> {
    if v.is_none() {
        return Ok(None);
    }
    if v.as_str_object().is_none() && bytes_of(v).is_none() {
        return Err(cx.type_error("getaddrinfo() argument 1 must be string or None"));
    }
    let host = host_argument(cx, v)?;
    if host.split('.').any(|label| label.len() > 63) {
        let class = cx.types.unicode_error;
        return Err(cx.raise(class, "encoding with 'idna' codec failed (UnicodeError: label too long)"));
    }
    Ok(Some(host))
}

/// `getaddrinfo`.
pub fn getaddrinfo(cx: &mut Cx, host: Value, port: Value, family: i32, kind: i32, proto: i32, flags: i32) -> Result<Value> {
    let host = host_text(cx, host)?;
    let service = match (port.as_str_object(), bytes_of(port)) {
        (Some(s), _) => Some(s.lossy().into_owned()),
        (_, Some(b)) => Some(String::from_utf8_lossy(b).into_owned()),
        _ if port.is_none() => None,
        _ => match port.as_int() {
            Some(i) => Some(i.to_string()),
            None => {
                let class = cx.types.os_error;
                return Err(cx.raise(class, "Int or String expected"));
            }
        },
    };
    let found = look_up(cx, host.as_deref(), service.as_deref(), family, kind, proto, flags)?;
    let list = cx.list_new();
    for f in found {
        let family = named(cx, 0, f.family);
        let kind = named(cx, 1, f.kind);
        let name = cx.str(&String::from_utf8_lossy(&f.canonical)).value();
        let address = super::address::address_value(cx, &f.address);
        let t = cx.tuple(&[family, kind, Value::int32(f.proto), name, address]).value();
        cx.list_push(list, t);
    }
    Ok(list.value())
}

/// `gethostbyname`: the first IPv4 address.
pub fn gethostbyname(cx: &mut Cx, host: Value) -> Result<Value> {
    let name = host_argument(cx, host)?;
    let found = super::address::host_address(cx, &name, libc::AF_INET)?;
    Ok(cx.str(&found.ip().to_string()).value())
}

/// `gethostbyname_ex`: name, other names, addresses.
pub fn gethostbyname_ex(cx: &mut Cx, host: Value) -> Result<Value> {
    let name = host_argument(cx, host)?;
    let found = look_up(cx, Some(&name), None, libc::AF_INET, libc::SOCK_STREAM, 0, libc::AI_CANONNAME)?;
    let canonical = found.first().map(|f| String::from_utf8_lossy(&f.canonical).into_owned()).filter(|c| !c.is_empty());
    let list = cx.list_new();
    for f in &found {
        if let Some(a) = f.address.as_socket() {
            let text = cx.str(&a.ip().to_string()).value();
            cx.list_push(list, text);
        }
    }
    let name = cx.str(&canonical.unwrap_or(name)).value();
    let aliases = cx.list_new().value();
    Ok(cx.tuple(&[name, aliases, list.value()]).value())
}

/// `gethostbyaddr`: name, other names, addresses.
pub fn gethostbyaddr(cx: &mut Cx, host: Value) -> Result<Value> {
    let text = host_argument(cx, host)?;
    let ip = match numeric(&text) {
        Some(ip) => ip,
        None => {
            let found = look_up(cx, Some(&text), None, 0, libc::SOCK_STREAM, 0, 0)?;
            match found.iter().find_map(|f| f.address.as_socket()) {
                Some(a) => a.ip(),
                None => return Err(gai_error(cx, libc::EAI_NONAME, "Name or service not known")),
            }
        }
    };
    let r = cx.offload("a name look-up", move || names::name_of(SocketAddr::new(ip, 0), libc::NI_NAMEREQD))?;
    let Ok((name, _)) = r else {
        let class = cx.native_class(&herror::NATIVE);
        let text = cx.str("Unknown host").value();
        return Err(cx.raise_with(class, &[Value::int32(1), text]));
    };
    let name = cx.str(&String::from_utf8_lossy(&name)).value();
    let aliases = cx.list_new().value();
    let ip = cx.str(&ip.to_string()).value();
    let list = cx.list_from(&[ip]).value();
    Ok(cx.tuple(&[name, aliases, list]).value())
}

/// `getnameinfo`: host and service of an address.
pub fn getnameinfo(cx: &mut Cx, address: Value, flags: i32) -> Result<Value> {
    let Some(t) = address.as_gc::<Tuple>().filter(|t| (2..=4).contains(&t.len())) else {
        return Err(cx.type_error("getnameinfo() argument 1 must be a tuple"));
    };
    let host = host_argument(cx, t.items()[0])?;
    let port = super::address::port_argument(cx, t.items()[1], "getnameinfo")?;
    let found = look_up(cx, Some(&host), Some(&port.to_string()), 0, libc::SOCK_DGRAM, 0, libc::AI_NUMERICHOST)?;
    let Some(mut a) = found.iter().find_map(|f| f.address.as_socket()) else {
        return Err(gai_error(cx, libc::EAI_NONAME, "Name or service not known"));
    };
    a.set_port(port);
    let is_quick = flags & libc::NI_NUMERICHOST != 0;
    let r = if is_quick { names::name_of(a, flags) } else { cx.offload("a name look-up", move || names::name_of(a, flags))? };
    let (host, service) = r.map_err(|f| failed(cx, f))?;
    let host = cx.str(&String::from_utf8_lossy(&host)).value();
    let service = cx.str(&String::from_utf8_lossy(&service)).value();
    Ok(cx.tuple(&[host, service]).value())
}

/// What a line of `/etc/services` or `/etc/protocols` says: name, number, the part behind `/`, other names.
pub struct Entry {
    pub name: String,
    pub number: u16,
    pub protocol: String,
    pub aliases: Vec<String>,
}

/// The entries of such a file.
pub fn entries(path: &str) -> Vec<Entry> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = |l: &str| {
        let mut words = l.split('#').next()?.split_whitespace();
        let name = words.next()?.to_string();
        let (number, protocol) = match words.next()? {
            w if w.contains('/') => w.split_once('/')?,
            w => (w, ""),
        };
        Some(Entry { name, number: number.parse().ok()?, protocol: protocol.to_string(), aliases: words.map(str::to_string).collect() })
    };
    text.lines().filter_map(line).collect()
}
