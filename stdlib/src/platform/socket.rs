//! System calls on sockets, on descriptors as plain numbers: one call each, nothing that waits is waited for.

use std::io::{Error, Result};
use std::os::fd::{FromRawFd, OwnedFd, RawFd};

use socket2::SockAddr;

fn checked(r: libc::c_int) -> Result<i32> {
    if r < 0 { Err(Error::last_os_error()) } else { Ok(r) }
}

fn checked_size(r: libc::ssize_t) -> Result<usize> {
    if r < 0 { Err(Error::last_os_error()) } else { Ok(r as usize) }
}

/// Takes over a descriptor that the script vouches for.
pub fn socket_from_fd(fd: RawFd) -> socket2::Socket {
    // SAFETY: the number is not negative; as in Python, whoever passes it gives the descriptor away.
    unsafe { socket2::Socket::from_raw_fd(fd) }
}

/// A new socket that does not block and is closed when a program is executed.
pub fn open(family: i32, kind: i32, proto: i32) -> Result<socket2::Socket> {
    // SAFETY: numbers only.
    let fd = checked(unsafe { libc::socket(family, kind | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK, proto) })?;
    Ok(socket_from_fd(fd))
}

/// Two sockets connected to each other, as [`open`] makes them.
pub fn pair(family: i32, kind: i32, proto: i32) -> Result<(socket2::Socket, socket2::Socket)> {
    let mut ends = [0; 2];
    // SAFETY: room for two descriptors.
    checked(unsafe { libc::socketpair(family, kind | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK, proto, ends.as_mut_ptr()) })?;
    Ok((socket_from_fd(ends[0]), socket_from_fd(ends[1])))
}

/// Accepts a connection, as [`open`] makes sockets.
pub fn accept(fd: RawFd) -> Result<(socket2::Socket, SockAddr)> {
    // SAFETY: the closure writes an address and its length, which the kernel does.
    let (fd, address) =
        unsafe { SockAddr::try_init(|storage, len| checked(libc::accept4(fd, storage.cast(), len, libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK))) }?;
    Ok((socket_from_fd(fd), address))
}

/// A duplicate of a descriptor.
pub fn dup(fd: RawFd) -> Result<OwnedFd> {
    // SAFETY: a plain system call.
    let new = checked(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) })?;
    // SAFETY: just made by the kernel for us.
    Ok(unsafe { OwnedFd::from_raw_fd(new) })
}

/// Receives up to `buf.len()` bytes.
pub fn recv(fd: RawFd, buf: &mut [u8], flags: i32) -> Result<usize> {
    // SAFETY: the kernel writes at most `len` bytes to the buffer.
    checked_size(unsafe { libc::recv(fd, buf.as_mut_ptr().cast(), buf.len(), flags) })
}

/// Receives up to `buf.len()` bytes; who sent them.
pub fn recv_from(fd: RawFd, buf: &mut [u8], flags: i32) -> Result<(usize, SockAddr)> {
    // SAFETY: the kernel writes at most `len` bytes to the buffer, and an address with its length.
    unsafe { SockAddr::try_init(|storage, len| checked_size(libc::recvfrom(fd, buf.as_mut_ptr().cast(), buf.len(), flags, storage.cast(), len))) }
}

/// Sends some of `data`; no signal when nobody reads any more.
pub fn send(fd: RawFd, data: &[u8], flags: i32) -> Result<usize> {
    // SAFETY: the kernel reads `len` bytes of the slice.
    checked_size(unsafe { libc::send(fd, data.as_ptr().cast(), data.len(), flags | libc::MSG_NOSIGNAL) })
}

/// Sends a datagram.
pub fn send_to(fd: RawFd, data: &[u8], flags: i32, to: &SockAddr) -> Result<usize> {
    let flags = flags | libc::MSG_NOSIGNAL;
    // SAFETY: the kernel reads `len` bytes of the slice and the address.
    checked_size(unsafe { libc::sendto(fd, data.as_ptr().cast(), data.len(), flags, to.as_ptr().cast(), to.len()) })
}

/// A control message: level, type, data.
pub type Control = (i32, i32, Vec<u8>);

/// Sends with control messages.
pub fn send_message(fd: RawFd, data: &[u8], controls: &[Control], flags: i32, to: Option<&SockAddr>) -> Result<usize> {
    // SAFETY: sizes only.
    let room: usize = controls.iter().map(|c| unsafe { libc::CMSG_SPACE(c.2.len() as u32) } as usize).sum();
    // Of words, so that the headers are aligned.
    let mut control = vec![0u64; room.div_ceil(8)];
    let mut part = libc::iovec { iov_base: data.as_ptr().cast_mut().cast(), iov_len: data.len() };
    // SAFETY: the structure is plain numbers and pointers, for which zero is fine.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &mut part;
    message.msg_iovlen = 1;
    if let Some(to) = to {
        message.msg_name = to.as_ptr().cast_mut().cast();
        message.msg_namelen = to.len();
    }
    if room > 0 {
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = room as _;
        // SAFETY: the control buffer has room for all headers and their data, as computed above.
        unsafe {
            let mut header = libc::CMSG_FIRSTHDR(&message);
            for (level, kind, data) in controls {
                (*header).cmsg_level = *level;
                (*header).cmsg_type = *kind;
                (*header).cmsg_len = libc::CMSG_LEN(data.len() as u32) as _;
                std::ptr::copy_nonoverlapping(data.as_ptr(), libc::CMSG_DATA(header), data.len());
                header = libc::CMSG_NXTHDR(&message, header);
            }
        }
    }
    // SAFETY: all pointers in the message are to live memory of the lengths given.
    checked_size(unsafe { libc::sendmsg(fd, &message, flags | libc::MSG_NOSIGNAL) })
}

/// What `receive_message` brought.
pub struct Message {
    pub count: usize,
    pub controls: Vec<Control>,
    pub flags: i32,
    pub from: SockAddr,
}

/// Receives with control messages, for which there is room of `control_size` bytes.
pub fn receive_message(fd: RawFd, buf: &mut [u8], control_size: usize, flags: i32) -> Result<Message> {
    let mut control = vec![0u64; control_size.div_ceil(8)];
    let mut part = libc::iovec { iov_base: buf.as_mut_ptr().cast(), iov_len: buf.len() };
    // SAFETY: the structure is plain numbers and pointers, for which zero is fine.
    let mut message: libc::msghdr = unsafe { std::mem::zeroed() };
    message.msg_iov = &mut part;
    message.msg_iovlen = 1;
    if control_size > 0 {
        message.msg_control = control.as_mut_ptr().cast();
        message.msg_controllen = control_size as _;
    }
    let flags = flags | libc::MSG_CMSG_CLOEXEC;
    // SAFETY: all pointers in the message are to live memory of the lengths given; the kernel writes the address.
    let (count, from) = unsafe {
        SockAddr::try_init(|storage, len| {
            message.msg_name = storage.cast();
            message.msg_namelen = *len;
            let n = checked_size(libc::recvmsg(fd, &mut message, flags))?;
            *len = message.msg_namelen;
            Ok(n)
        })
    }?;
    let mut controls = Vec::new();
    // SAFETY: the kernel wrote whole headers into the control buffer and their total length into the message; a cut
    // message's data ends where the buffer does.
    unsafe {
        let end = control.as_ptr().cast::<u8>().add(message.msg_controllen as usize);
        let mut header = if message.msg_controllen > 0 { libc::CMSG_FIRSTHDR(&message) } else { std::ptr::null_mut() };
        while !header.is_null() {
            let data = libc::CMSG_DATA(header).cast_const();
            let whole = ((*header).cmsg_len as usize).saturating_sub(libc::CMSG_LEN(0) as usize);
            let there = (end as usize).saturating_sub(data as usize);
            let bytes = std::slice::from_raw_parts(data, whole.min(there)).to_vec();
            controls.push(((*header).cmsg_level, (*header).cmsg_type, bytes));
            header = libc::CMSG_NXTHDR(&message, header);
        }
    }
    Ok(Message { count, controls, flags: message.msg_flags & !libc::MSG_CMSG_CLOEXEC, from })
}

/// The room that control messages of `len` bytes of data take: exactly (`CMSG_LEN`) and with what follows (`CMSG_SPACE`).
pub fn control_room(len: u32) -> (usize, usize) {
    // SAFETY: sizes only.
    unsafe { (libc::CMSG_LEN(len) as usize, libc::CMSG_SPACE(len) as usize) }
}

pub fn shutdown(fd: RawFd, how: i32) -> Result<()> {
    // SAFETY: numbers only.
    checked(unsafe { libc::shutdown(fd, how) }).map(|_| ())
}

pub fn setsockopt(fd: RawFd, level: i32, name: i32, data: &[u8]) -> Result<()> {
    // SAFETY: the pointer and the length describe `data`.
    checked(unsafe { libc::setsockopt(fd, level, name, data.as_ptr().cast(), data.len() as libc::socklen_t) }).map(|_| ())
}

/// `setsockopt` with a null pointer and a length.
pub fn setsockopt_none(fd: RawFd, level: i32, name: i32, len: u32) -> Result<()> {
    // SAFETY: the kernel answers EFAULT where it wants to read something.
    checked(unsafe { libc::setsockopt(fd, level, name, std::ptr::null(), len) }).map(|_| ())
}

/// The value of an option, at most `size` bytes.
pub fn getsockopt(fd: RawFd, level: i32, name: i32, size: usize) -> Result<Vec<u8>> {
    let mut data = vec![0u8; size];
    let mut len = size as libc::socklen_t;
    // SAFETY: the pointers and the length describe `data`.
    checked(unsafe { libc::getsockopt(fd, level, name, data.as_mut_ptr().cast(), &mut len) })?;
    data.truncate(len as usize);
    Ok(data)
}

/// An option that is a number.
pub fn int_option(fd: RawFd, level: i32, name: i32) -> Result<i32> {
    let data = getsockopt(fd, level, name, 4)?;
    let mut word = [0u8; 4];
    word[..data.len()].copy_from_slice(&data);
    Ok(i32::from_ne_bytes(word))
}
