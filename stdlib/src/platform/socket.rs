//! System calls on sockets that `socket2` has no safe form of.

use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{FromRawFd, OwnedFd, RawFd};

/// A byte that a system call has written.
pub fn assume_init(b: MaybeUninit<u8>) -> u8 {
    // SAFETY: callers pass bytes below the count that the system call returned.
    unsafe { b.assume_init() }
}

/// Takes over a descriptor that the script vouches for.
pub fn socket_from_fd(fd: RawFd) -> socket2::Socket {
    // SAFETY: the number is not negative; as in Python, whoever passes it gives the descriptor away.
    unsafe { socket2::Socket::from_raw_fd(fd) }
}

/// A duplicate of a descriptor.
pub fn dup(fd: RawFd) -> io::Result<OwnedFd> {
    // SAFETY: a plain system call.
    let new = unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) };
    if new < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: just made by the kernel for us.
    Ok(unsafe { OwnedFd::from_raw_fd(new) })
}

pub fn setsockopt(fd: RawFd, level: i32, name: i32, data: &[u8]) -> io::Result<()> {
    // SAFETY: the pointer and the length describe `data`.
    let r = unsafe { libc::setsockopt(fd, level, name, data.as_ptr().cast(), data.len() as libc::socklen_t) };
    if r == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// The value of an option, at most `size` bytes.
pub fn getsockopt(fd: RawFd, level: i32, name: i32, size: usize) -> io::Result<Vec<u8>> {
    let mut data = vec![0u8; size];
    let mut len = size as libc::socklen_t;
    // SAFETY: the pointers and the length describe `data`.
    let r = unsafe { libc::getsockopt(fd, level, name, data.as_mut_ptr().cast(), &mut len) };
    if r != 0 {
        return Err(io::Error::last_os_error());
    }
    data.truncate(len as usize);
    Ok(data)
}
