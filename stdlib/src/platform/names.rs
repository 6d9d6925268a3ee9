//! Names of hosts and interfaces: the system's resolver. These calls may take long; they run on the thread pool.

use std::ffi::{CStr, CString};
use std::net::SocketAddr;

use socket2::SockAddr;

/// One answer of `getaddrinfo`.
#[derive(Clone, Debug)]
pub struct Found {
    pub family: i32,
    pub kind: i32,
    pub proto: i32,
    pub canonical: Vec<u8>,
    pub address: SockAddr,
}

/// A code of the resolver (`EAI_…`); with `EAI_SYSTEM` the errno counts.
#[derive(Clone, Copy, Debug)]
pub struct Failure {
    pub code: i32,
    pub errno: i32,
}

impl Failure {
    fn new(code: i32) -> Failure {
        Failure { code, errno: std::io::Error::last_os_error().raw_os_error().unwrap_or(0) }
    }

    /// What the code means.
    pub fn text(self) -> String {
        // SAFETY: the function returns a static string for every number.
        unsafe { CStr::from_ptr(libc::gai_strerror(self.code)) }.to_string_lossy().into_owned()
    }
}

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub host: Option<CString>,
    pub service: Option<CString>,
    pub family: i32,
    pub kind: i32,
    pub proto: i32,
    pub flags: i32,
}

/// `getaddrinfo`.
pub fn look_up(q: &Query) -> Result<Vec<Found>, Failure> {
    // SAFETY: the structure is plain numbers and null pointers.
    let mut hints: libc::addrinfo = unsafe { std::mem::zeroed() };
    hints.ai_family = q.family;
    hints.ai_socktype = q.kind;
    hints.ai_protocol = q.proto;
    hints.ai_flags = q.flags;
    let pointer = |s: &Option<CString>| s.as_ref().map_or(std::ptr::null(), |s| s.as_ptr());
    let mut list = std::ptr::null_mut();
    // SAFETY: strings that end with 0 or null, and a place for the answer.
    let code = unsafe { libc::getaddrinfo(pointer(&q.host), pointer(&q.service), &hints, &mut list) };
    if code != 0 {
        return Err(Failure::new(code));
    }
    let mut out = Vec::new();
    let mut at = list;
    while !at.is_null() {
        // SAFETY: a node of the list that the resolver made; it is freed below, after the last use.
        let node = unsafe { &*at };
        let canonical = match node.ai_canonname.is_null() {
            true => Vec::new(),
            // SAFETY: a string that ends with 0.
            false => unsafe { CStr::from_ptr(node.ai_canonname) }.to_bytes().to_vec(),
        };
        // SAFETY: the storage is larger than every address; the node tells the address's length.
        let address = unsafe {
            SockAddr::try_init(|storage, len| {
                std::ptr::copy_nonoverlapping(node.ai_addr.cast::<u8>(), storage.cast::<u8>(), node.ai_addrlen as usize);
                *len = node.ai_addrlen;
                Ok(())
            })
        };
        if let Ok(((), address)) = address {
            out.push(Found { family: node.ai_family, kind: node.ai_socktype, proto: node.ai_protocol, canonical, address });
        }
        at = node.ai_next;
    }
    // SAFETY: the list is the resolver's and nothing refers to it any more.
    unsafe { libc::freeaddrinfo(list) };
    Ok(out)
}

/// `getnameinfo`: host and service of an address.
pub fn name_of(address: SocketAddr, flags: i32) -> Result<(Vec<u8>, Vec<u8>), Failure> {
    let address = SockAddr::from(address);
    let (mut host, mut service) = ([0u8; 1025], [0u8; 64]);
    // SAFETY: an address with its length, and two buffers with theirs.
    let code = unsafe {
        libc::getnameinfo(
            address.as_ptr().cast(),
            address.len(),
            host.as_mut_ptr().cast(),
            host.len() as u32,
            service.as_mut_ptr().cast(),
            service.len() as u32,
            flags,
        )
    };
    if code != 0 {
        return Err(Failure::new(code));
    }
    let text = |b: &[u8]| b.iter().copied().take_while(|&c| c != 0).collect::<Vec<u8>>();
    Ok((text(&host), text(&service)))
}

/// The number of a network interface.
pub fn interface_number(name: &CStr) -> std::io::Result<u32> {
    // SAFETY: a string that ends with 0.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(std::io::Error::last_os_error()),
        n => Ok(n),
    }
}

/// The name of a network interface.
pub fn interface_name(number: u32) -> std::io::Result<Vec<u8>> {
    let mut buf = [0u8; libc::IF_NAMESIZE];
    // SAFETY: the buffer has the size that the function asks for.
    if unsafe { libc::if_indextoname(number, buf.as_mut_ptr().cast()) }.is_null() {
        return Err(std::io::Error::last_os_error());
    }
    Ok(buf.iter().copied().take_while(|&c| c != 0).collect())
}

/// Numbers and names of all network interfaces.
pub fn interfaces() -> std::io::Result<Vec<(u32, Vec<u8>)>> {
    // SAFETY: the list ends with a zero entry and is freed below.
    unsafe {
        let list = libc::if_nameindex();
        if list.is_null() {
            return Err(std::io::Error::last_os_error());
        }
        let mut out = Vec::new();
        let mut at = list;
        while (*at).if_index != 0 {
            out.push(((*at).if_index, CStr::from_ptr((*at).if_name).to_bytes().to_vec()));
            at = at.add(1);
        }
        libc::if_freenameindex(list);
        Ok(out)
    }
}
