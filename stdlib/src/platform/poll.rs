//! Readiness of any descriptors, asked for at once or through an epoll instance of one's own.

use std::io::{Error, Result};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd, RawFd};

/// A descriptor, the events of interest, and those that were found.
pub type Interest = libc::pollfd;

/// Asks for all at once, without waiting; how many have something to tell.
pub fn ask(list: &mut [Interest]) -> Result<usize> {
    // SAFETY: the pointer and the length describe the list.
    let n = unsafe { libc::poll(list.as_mut_ptr(), list.len() as libc::nfds_t, 0) };
    if n < 0 { Err(Error::last_os_error()) } else { Ok(n as usize) }
}

/// An epoll instance over the list: its descriptor can be read when one of them is ready. What cannot be watched
/// (regular files) is ready anyway.
pub fn watch(list: &[Interest]) -> Result<OwnedFd> {
    // SAFETY: numbers only.
    let fd = unsafe { libc::epoll_create1(libc::EPOLL_CLOEXEC) };
    if fd < 0 {
        return Err(Error::last_os_error());
    }
    // SAFETY: just made by the kernel for us.
    let set = unsafe { OwnedFd::from_raw_fd(fd) };
    let mut seen: Vec<(RawFd, i16)> = Vec::with_capacity(list.len());
    for i in list {
        // The same descriptor may stand in the list twice.
        let (op, events) = match seen.iter_mut().find(|s| s.0 == i.fd) {
            Some(s) => {
                s.1 |= i.events;
                (libc::EPOLL_CTL_MOD, s.1)
            }
            None => {
                seen.push((i.fd, i.events));
                (libc::EPOLL_CTL_ADD, i.events)
            }
        };
        let mut event = libc::epoll_event { events: events as u16 as u32, u64: i.fd as u64 };
        // SAFETY: one structure, which the kernel reads.
        let r = unsafe { libc::epoll_ctl(set.as_raw_fd(), op, i.fd, &mut event) };
        if r < 0 && Error::last_os_error().raw_os_error() != Some(libc::EPERM) {
            return Err(Error::last_os_error());
        }
    }
    Ok(set)
}
