//! File descriptors, as plain numbers: scripts use them as such. A number that is no descriptor is EBADF.

use std::ffi::CStr;
use std::io::{Error, Result};

/// The result of a system call that answers -1 and errno.
fn checked(r: libc::c_int) -> Result<i32> {
    if r < 0 { Err(Error::last_os_error()) } else { Ok(r) }
}

fn checked_size(r: libc::ssize_t) -> Result<usize> {
    if r < 0 { Err(Error::last_os_error()) } else { Ok(r as usize) }
}

/// Reads up to `buf.len()` bytes.
pub fn read(fd: i32, buf: &mut [u8]) -> Result<usize> {
    // SAFETY: the kernel writes at most `len` bytes to the buffer.
    checked_size(unsafe { libc::read(fd, buf.as_mut_ptr().cast(), buf.len()) })
}

/// Reads at a place of the file without moving its position.
pub fn read_at(fd: i32, buf: &mut [u8], offset: i64) -> Result<usize> {
    // SAFETY: as in `read`.
    checked_size(unsafe { libc::pread(fd, buf.as_mut_ptr().cast(), buf.len(), offset) })
}

/// Writes; the number of bytes written may be smaller than asked for.
pub fn write(fd: i32, data: &[u8]) -> Result<usize> {
    // SAFETY: the kernel reads `len` bytes of the slice.
    checked_size(unsafe { libc::write(fd, data.as_ptr().cast(), data.len()) })
}

/// As `write`, after the descriptor said that there is room; a socket may have less than a pipe and says so.
pub fn write_ready(fd: i32, data: &[u8]) -> Result<usize> {
    match super::socket::send(fd, data, libc::MSG_DONTWAIT) {
        Err(e) if e.raw_os_error() == Some(libc::ENOTSOCK) => write(fd, data),
        r => r,
    }
}

/// Whether reading or writing may take until somebody else does something: pipes, sockets, terminals.
pub fn may_wait(fd: i32) -> bool {
    kind(fd).is_ok_and(|k| matches!(k.mode & libc::S_IFMT, libc::S_IFIFO | libc::S_IFSOCK | libc::S_IFCHR))
}

/// Writes at a place of the file without moving its position.
pub fn write_at(fd: i32, data: &[u8], offset: i64) -> Result<usize> {
    // SAFETY: as in `write`.
    checked_size(unsafe { libc::pwrite(fd, data.as_ptr().cast(), data.len(), offset) })
}

/// Opens a file; the descriptor is closed when a program is executed.
pub fn open(path: &CStr, flags: i32, mode: u32) -> Result<i32> {
    // SAFETY: a string that ends with 0.
    checked(unsafe { libc::open(path.as_ptr(), flags | libc::O_CLOEXEC, mode as libc::c_uint) })
}

/// Closes a descriptor. Not tried again when interrupted: on Linux it is closed then.
pub fn close(fd: i32) -> Result<()> {
    // SAFETY: descriptors are numbers that scripts deal with; closing one that Rust objects use gives them EBADF.
    match checked(unsafe { libc::close(fd) }) {
        Err(e) if e.raw_os_error() == Some(libc::EINTR) => Ok(()),
        r => r.map(|_| ()),
    }
}

/// Moves the position of the file; the new one.
pub fn seek(fd: i32, offset: i64, whence: i32) -> Result<i64> {
    // SAFETY: numbers only.
    let r = unsafe { libc::lseek(fd, offset, whence) };
    if r < 0 { Err(Error::last_os_error()) } else { Ok(r) }
}

/// Sets the length of the file.
pub fn truncate(fd: i32, len: i64) -> Result<()> {
    // SAFETY: numbers only.
    checked(unsafe { libc::ftruncate(fd, len) }).map(|_| ())
}

/// Whether the descriptor is a terminal.
pub fn is_terminal(fd: i32) -> bool {
    // SAFETY: numbers only.
    unsafe { libc::isatty(fd) == 1 }
}

/// A copy of the descriptor that is closed when a program is executed.
pub fn duplicate(fd: i32) -> Result<i32> {
    // SAFETY: numbers only.
    checked(unsafe { libc::fcntl(fd, libc::F_DUPFD_CLOEXEC, 0) })
}

/// Makes `to` a copy of `from`; `inherit`: also after a program is executed.
pub fn duplicate_to(from: i32, to: i32, inherit: bool) -> Result<i32> {
    let flags = if inherit || from == to { 0 } else { libc::O_CLOEXEC };
    // SAFETY: numbers only.
    checked(unsafe { if from == to { libc::dup2(from, to) } else { libc::dup3(from, to, flags) } })
}

/// A pipe: its reading and its writing end.
pub fn pipe() -> Result<(i32, i32)> {
    let mut ends = [0; 2];
    // SAFETY: room for two descriptors.
    checked(unsafe { libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) })?;
    Ok((ends[0], ends[1]))
}

/// Writes what the file system still holds back.
pub fn sync(fd: i32, data_only: bool) -> Result<()> {
    // SAFETY: numbers only.
    checked(unsafe { if data_only { libc::fdatasync(fd) } else { libc::fsync(fd) } }).map(|_| ())
}

/// Whether programs that are executed inherit the descriptor.
pub fn is_inheritable(fd: i32) -> Result<bool> {
    // SAFETY: numbers only.
    Ok(checked(unsafe { libc::fcntl(fd, libc::F_GETFD) })? & libc::FD_CLOEXEC == 0)
}

/// Sets whether programs that are executed inherit the descriptor.
pub fn set_inheritable(fd: i32, inherit: bool) -> Result<()> {
    // SAFETY: numbers only.
    let old = checked(unsafe { libc::fcntl(fd, libc::F_GETFD) })?;
    let new = if inherit { old & !libc::FD_CLOEXEC } else { old | libc::FD_CLOEXEC };
    // SAFETY: numbers only.
    checked(unsafe { libc::fcntl(fd, libc::F_SETFD, new) }).map(|_| ())
}

/// Whether reads and writes wait.
pub fn is_blocking(fd: i32) -> Result<bool> {
    // SAFETY: numbers only.
    Ok(checked(unsafe { libc::fcntl(fd, libc::F_GETFL) })? & libc::O_NONBLOCK == 0)
}

/// Sets whether reads and writes wait.
pub fn set_blocking(fd: i32, blocking: bool) -> Result<()> {
    // SAFETY: numbers only.
    let old = checked(unsafe { libc::fcntl(fd, libc::F_GETFL) })?;
    let new = if blocking { old & !libc::O_NONBLOCK } else { old | libc::O_NONBLOCK };
    // SAFETY: numbers only.
    checked(unsafe { libc::fcntl(fd, libc::F_SETFL, new) }).map(|_| ())
}

/// Whether reading (or writing) would not wait now. What is no open descriptor counts as ready: it fails at once.
pub fn is_ready(fd: i32, for_writing: bool) -> bool {
    let mut p = libc::pollfd { fd, events: if for_writing { libc::POLLOUT } else { libc::POLLIN }, revents: 0 };
    // SAFETY: one structure, which the kernel fills.
    let n = unsafe { libc::poll(&mut p, 1, 0) };
    n != 0
}

/// Size of a terminal: columns and lines.
pub fn terminal_size(fd: i32) -> Result<(u16, u16)> {
    // SAFETY: the structure is plain numbers; the kernel fills it.
    let mut size: libc::winsize = unsafe { std::mem::zeroed() };
    // SAFETY: the request's argument is a winsize.
    checked(unsafe { libc::ioctl(fd, libc::TIOCGWINSZ, &mut size) })?;
    Ok((size.ws_col, size.ws_row))
}

/// What a descriptor is: its type bits, size, block size.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// `st_mode`.
    pub mode: u32,
    /// `st_size`.
    pub size: i64,
    /// `st_blksize`.
    pub block_size: i64,
}

impl Kind {
    /// A folder.
    pub fn is_folder(&self) -> bool {
        self.mode & libc::S_IFMT == libc::S_IFDIR
    }

    /// A file on a disk.
    pub fn is_regular(&self) -> bool {
        self.mode & libc::S_IFMT == libc::S_IFREG
    }
}

/// What `fd` is.
pub fn kind(fd: i32) -> Result<Kind> {
    // SAFETY: the structure is plain numbers; the kernel fills it.
    let mut st: libc::stat = unsafe { std::mem::zeroed() };
    // SAFETY: room for the structure.
    checked(unsafe { libc::fstat(fd, &mut st) })?;
    Ok(Kind { mode: st.st_mode, size: st.st_size, block_size: st.st_blksize as i64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pipe_carries_bytes_and_ends() {
        let (r, w) = pipe().expect("a pipe");
        assert_eq!(write(w, b"abc").expect("written"), 3);
        close(w).expect("closed");
        let mut buf = [0; 8];
        assert_eq!(read(r, &mut buf).expect("read"), 3);
        assert_eq!(read(r, &mut buf).expect("read"), 0);
        close(r).expect("closed");
        assert_eq!(read(-1, &mut buf).unwrap_err().raw_os_error(), Some(libc::EBADF));
    }
}
