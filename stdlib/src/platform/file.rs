//! Files by name: what `std::fs` does not give as numbers.

use std::ffi::{CStr, CString, OsStr};
use std::io::{Error, Result};
use std::os::unix::ffi::OsStrExt;

fn c_string(path: &[u8]) -> Result<CString> {
    Ok(CString::new(path)?)
}

fn checked(r: libc::c_int) -> Result<()> {
    if r < 0 { Err(Error::last_os_error()) } else { Ok(()) }
}

/// What `stat` tells.
#[derive(Clone, Copy, Debug)]
pub struct Status {
    pub mode: u32,
    pub ino: u64,
    pub dev: u64,
    pub nlink: u64,
    pub uid: u32,
    pub gid: u32,
    pub size: i64,
    /// Seconds and nanoseconds of the last access, change of content, change of status.
    pub times: [(i64, i64); 3],
    pub block_size: i64,
    pub blocks: i64,
    pub rdev: u64,
}

/// Which file `status` is asked about.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// By name; a link stands for what it points to.
    Path(&'a [u8]),
    /// By name; a link is itself.
    Link(&'a [u8]),
    Fd(i32),
}

/// `stat`, `lstat`, `fstat`.
pub fn status(target: Target<'_>) -> Result<Status> {
    // SAFETY: the structure is plain numbers; the kernel fills it.
    let mut st: libc::stat = unsafe { std::mem::zeroed() };
    match target {
        Target::Path(p) => {
            let p = c_string(p)?;
            // SAFETY: a string that ends with 0, and room for the structure.
            checked(unsafe { libc::stat(p.as_ptr(), &mut st) })?
        }
        Target::Link(p) => {
            let p = c_string(p)?;
            // SAFETY: as above.
            checked(unsafe { libc::lstat(p.as_ptr(), &mut st) })?
        }
        // SAFETY: as above.
        Target::Fd(n) => checked(unsafe { libc::fstat(n, &mut st) })?,
    }
    Ok(Status {
        mode: st.st_mode,
        ino: st.st_ino,
        dev: st.st_dev,
        nlink: st.st_nlink as u64,
        uid: st.st_uid,
        gid: st.st_gid,
        size: st.st_size,
        times: [(st.st_atime, st.st_atime_nsec), (st.st_mtime, st.st_mtime_nsec), (st.st_ctime, st.st_ctime_nsec)],
        block_size: st.st_blksize as i64,
        blocks: st.st_blocks,
        rdev: st.st_rdev,
    })
}

/// One of the calls that take a path and a number.
pub fn mkdir(path: &[u8], mode: u32) -> Result<()> {
    let p = c_string(path)?;
    // SAFETY: a string that ends with 0.
    checked(unsafe { libc::mkdir(p.as_ptr(), mode) })
}

/// `mkfifo`.
pub fn mkfifo(path: &[u8], mode: u32) -> Result<()> {
    let p = c_string(path)?;
    // SAFETY: a string that ends with 0.
    checked(unsafe { libc::mkfifo(p.as_ptr(), mode) })
}

/// `unlink`.
pub fn unlink(path: &[u8]) -> Result<()> {
    let p = c_string(path)?;
    // SAFETY: a string that ends with 0.
    checked(unsafe { libc::unlink(p.as_ptr()) })
}

/// `access`.
pub fn access(path: &[u8], mode: i32) -> bool {
    let Ok(p) = c_string(path) else { return false };
    // SAFETY: a string that ends with 0.
    unsafe { libc::access(p.as_ptr(), mode) == 0 }
}

/// `chown`; -1 leaves a number as it is.
pub fn chown(path: &[u8], uid: u32, gid: u32) -> Result<()> {
    let p = c_string(path)?;
    // SAFETY: a string that ends with 0.
    checked(unsafe { libc::chown(p.as_ptr(), uid, gid) })
}

/// `truncate`.
pub fn truncate(path: &[u8], len: i64) -> Result<()> {
    let p = c_string(path)?;
    // SAFETY: a string that ends with 0.
    checked(unsafe { libc::truncate(p.as_ptr(), len) })
}

/// Sets the times of access and change, in nanoseconds since 1970; `None`: now.
pub fn set_times(path: &[u8], times: Option<(i64, i64)>, follow: bool) -> Result<()> {
    let p = c_string(path)?;
    let spec = |ns: i64| libc::timespec { tv_sec: ns.div_euclid(1_000_000_000), tv_nsec: ns.rem_euclid(1_000_000_000) };
    let values = times.map(|(a, m)| [spec(a), spec(m)]);
    let pointer = values.as_ref().map_or(std::ptr::null(), |v| v.as_ptr());
    let flags = if follow { 0 } else { libc::AT_SYMLINK_NOFOLLOW };
    // SAFETY: a string that ends with 0; two times or none.
    checked(unsafe { libc::utimensat(libc::AT_FDCWD, p.as_ptr(), pointer, flags) })
}

/// Sets an environment variable of the process, for programs that it runs. The machine's thread is the one that reads it.
pub fn set_variable(name: &[u8], value: Option<&[u8]>) -> Result<()> {
    let name = c_string(name)?;
    match value {
        Some(v) => {
            let v = c_string(v)?;
            // SAFETY: strings that end with 0. As in CPython, threads of the host must not read the environment meanwhile.
            checked(unsafe { libc::setenv(name.as_ptr(), v.as_ptr(), 1) })
        }
        // SAFETY: as above.
        None => checked(unsafe { libc::unsetenv(name.as_ptr()) }),
    }
}

/// `umask`: the old one.
pub fn umask(mask: u32) -> u32 {
    // SAFETY: numbers only.
    unsafe { libc::umask(mask) }
}

/// User and group numbers: real and effective.
pub fn ids() -> [u32; 4] {
    // SAFETY: no arguments.
    unsafe { [libc::getuid(), libc::geteuid(), libc::getgid(), libc::getegid()] }
}

/// Ids of the parent process, the process group and the session.
pub fn process_ids() -> [i32; 3] {
    // SAFETY: numbers only.
    unsafe { [libc::getppid(), libc::getpgrp(), libc::getsid(0)] }
}

/// Sends a signal.
pub fn kill(pid: i32, signal: i32) -> Result<()> {
    // SAFETY: numbers only.
    checked(unsafe { libc::kill(pid, signal) })
}

/// `uname`: system, node, release, version, machine.
pub fn system_names() -> Result<[Vec<u8>; 5]> {
    // SAFETY: the structure is plain bytes; the kernel fills it with strings.
    let mut names: libc::utsname = unsafe { std::mem::zeroed() };
    // SAFETY: room for the structure.
    checked(unsafe { libc::uname(&mut names) })?;
    // SAFETY: each ends with 0.
    let text = |field: &[libc::c_char]| unsafe { CStr::from_ptr(field.as_ptr()) }.to_bytes().to_vec();
    Ok([text(&names.sysname), text(&names.nodename), text(&names.release), text(&names.version), text(&names.machine)])
}

/// The load of the system over 1, 5 and 15 minutes.
pub fn load() -> Option<[f64; 3]> {
    let mut values = [0.0; 3];
    // SAFETY: room for three numbers.
    (unsafe { libc::getloadavg(values.as_mut_ptr(), 3) } == 3).then_some(values)
}

/// A path as `std::fs` takes it.
pub fn os_path(path: &[u8]) -> &std::path::Path {
    std::path::Path::new(OsStr::from_bytes(path))
}
