//! `posix`: the system calls behind the module `os`, which is written in gscript.

use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::PermissionsExt;

use gscript_macros::module;
use gscript_vm::convert::OwnedBytes;
use gscript_vm::extension::Extension;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::class::Type;
use gscript_vm::object::simple::Module;
use gscript_vm::protocol::bytes_of;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Raised, Result};

use crate::io::file::{open_descriptor, path_bytes};
use crate::io::{fs_str, wait};
use crate::platform::fd;
use crate::platform::file::{self, Status, Target, os_path};
use crate::record;
use crate::record::RecordDef;

record!(STAT_RESULT, "os", "stat_result", "stat_result: Result from stat, fstat, or lstat.",
    [st_mode, st_ino, st_dev, st_nlink, st_uid, st_gid, st_size, _atime, _mtime, _ctime],
    extra [st_atime, st_mtime, st_ctime, st_atime_ns, st_mtime_ns, st_ctime_ns, st_blksize, st_blocks, st_rdev], callable true);
record!(TERMINAL_SIZE, "os", "terminal_size", "A tuple of (columns, lines) for holding terminal window size", [columns, lines], callable true);
record!(UNAME_RESULT, "posix", "uname_result", "uname_result: Result from os.uname().", [sysname, nodename, release, version, machine], callable true);
record!(TIMES_RESULT, "posix", "times_result", "times_result: Result from os.times().", [user, system, children_user, children_system, elapsed], callable true);

/// The classes of results.
#[derive(Default)]
struct State {
    stat: Option<Gc<Type>>,
    terminal: Option<Gc<Type>>,
    uname: Option<Gc<Type>>,
    times: Option<Gc<Type>>,
}

impl Extension for State {
    fn trace(&self, m: &mut Marker<'_>) {
        for c in [self.stat, self.terminal, self.uname, self.times].into_iter().flatten() {
            m.object(c);
        }
    }
}

fn record_class(cx: &mut Cx, def: &'static RecordDef, place: fn(&mut State) -> &mut Option<Gc<Type>>) -> Gc<Type> {
    if let Some(c) = *place(cx.extension::<State>()) {
        return c;
    }
    let c = def.class(cx);
    if def.name == "stat_result" {
        // The times of the items are whole numbers; attributes of these names are not.
        let names = cx.list_new();
        for n in ["st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size", "st_atime", "st_mtime", "st_ctime"] {
            let n = cx.intern(n).value();
            cx.list_push(names, n);
        }
        let names = cx.list_to_tuple(names).value();
        cx.dict_set_text(c.dict.expect(), "__match_args__", names);
    }
    *place(cx.extension::<State>()) = Some(c);
    c
}

/// A path argument: its bytes, and the object for messages.
fn path(cx: &mut Cx, v: Value, function: &str) -> Result<Vec<u8>> {
    path_bytes(cx, v, &format!("{function}: path should be string, bytes or os.PathLike"))
}

#[cold]
fn failed(cx: &mut Cx, e: &std::io::Error, file: Value) -> Raised {
    cx.io_error(e, Some(file))
}

/// OSError that names two files.
#[cold]
fn failed_two(cx: &mut Cx, e: &std::io::Error, from: Value, to: Value) -> Raised {
    let errno = e.raw_os_error().unwrap_or(0);
    let class = cx.os_error_class(errno).value();
    let text = cx.str(&gscript_vm::exception::raise::os_error_text(errno)).value();
    match cx.call(class, &[Value::int32(errno), text, from, Value::NONE, to]) {
        Ok(e) => cx.raise_value(e),
        Err(r) => r,
    }
}

fn stat_value(cx: &mut Cx, s: &Status) -> Value {
    let class = record_class(cx, &STAT_RESULT, |s| &mut s.stat);
    let list = cx.list_new();
    let push = |cx: &mut Cx, v: Value| cx.list_push(list, v);
    for n in [s.mode as i64, s.ino as i64, s.dev as i64, s.nlink as i64, s.uid as i64, s.gid as i64, s.size, s.times[0].0, s.times[1].0, s.times[2].0] {
        let v = cx.int(n);
        push(cx, v);
    }
    for (sec, ns) in s.times {
        let v = cx.float(sec as f64 + 1e-9 * ns as f64);
        push(cx, v);
    }
    for (sec, ns) in s.times {
        let v = cx.int(sec * 1_000_000_000 + ns);
        push(cx, v);
    }
    for n in [s.block_size, s.blocks, s.rdev as i64] {
        let v = cx.int(n);
        push(cx, v);
    }
    let all = cx.list_to_tuple(list);
    STAT_RESULT.make(cx, class, &all.items()[..10], &all.items()[10..]).value()
}

fn stat_of(cx: &mut Cx, v: Value, function: &str, follow: bool) -> Result<Value> {
    let status = match v.as_int() {
        Some(n) => file::status(Target::Fd(n as i32)).map_err(|e| cx.io_error(&e, None))?,
        None => {
            let p = path_bytes(cx, v, &format!("{function}: path should be string, bytes, os.PathLike or integer"))?;
            crate::io::stream::OpenBuffers::settle(cx, &p);
            file::status(if follow { Target::Path(&p) } else { Target::Link(&p) }).map_err(|e| failed(cx, &e, v))?
        }
    };
    Ok(stat_value(cx, &status))
}

/// A number argument that is a descriptor.
fn descriptor(cx: &mut Cx, v: Value) -> Result<i32> {
    if let Some(n) = v.as_int() {
        return i32::try_from(n).map_err(|_| cx.overflow_error("Python int too large to convert to C int"));
    }
    let text = format!("'{}' object cannot be interpreted as an integer", cx.type_name(v));
    Err(cx.type_error(text))
}

/// This module provides access to operating system functionality that is
/// standardized by the C Standard and the POSIX standard.
#[module("posix")]
pub mod module {
    use super::*;

    /// Returns the current working directory.
    #[function("")]
    fn getcwd(cx: &mut Cx) -> Result<Value> {
        match std::env::current_dir() {
            Ok(p) => Ok(fs_str(cx, p.as_os_str().as_bytes())),
            Err(e) => Err(cx.io_error(&e, None)),
        }
    }

    /// Returns the current working directory as bytes.
    #[function("")]
    fn getcwdb(cx: &mut Cx) -> Result<OwnedBytes> {
        match std::env::current_dir() {
            Ok(p) => Ok(OwnedBytes(p.into_os_string().into_vec())),
            Err(e) => Err(cx.io_error(&e, None)),
        }
    }

    /// Changes the current working directory.
    #[function("path")]
    fn chdir(cx: &mut Cx, path: Value) -> Result<()> {
        let p = super::path(cx, path, "chdir")?;
        std::env::set_current_dir(os_path(&p)).map_err(|e| failed(cx, &e, path))
    }

    /// Returns a list with the names of the files in a directory.
    #[function("path=None")]
    fn listdir(cx: &mut Cx, path: Option<Value>) -> Result<Value> {
        let (bytes, shown) = match path {
            Some(v) => (super::path(cx, v, "listdir")?, v),
            None => (b".".to_vec(), cx.str(".").value()),
        };
        let is_bytes = path.is_some_and(|v| bytes_of(v).is_some());
        let entries = std::fs::read_dir(os_path(&bytes)).map_err(|e| failed(cx, &e, shown))?;
        let list = cx.list_new();
        for e in entries {
            let name = e.map_err(|e| failed(cx, &e, shown))?.file_name();
            let v = if is_bytes { cx.bytes(name.as_bytes()).value() } else { fs_str(cx, name.as_bytes()) };
            cx.list_push(list, v);
        }
        Ok(list.value())
    }

    /// Creates a directory.
    #[function("path, mode=511")]
    fn mkdir(cx: &mut Cx, path: Value, mode: Option<u32>) -> Result<()> {
        let p = super::path(cx, path, "mkdir")?;
        file::mkdir(&p, mode.unwrap_or(0o777)).map_err(|e| failed(cx, &e, path))
    }

    /// Creates a named pipe.
    #[function("path, mode=438")]
    fn mkfifo(cx: &mut Cx, path: Value, mode: Option<u32>) -> Result<()> {
        let p = super::path(cx, path, "mkfifo")?;
        file::mkfifo(&p, mode.unwrap_or(0o666)).map_err(|e| failed(cx, &e, path))
    }

    /// Removes a directory.
    #[function("path")]
    fn rmdir(cx: &mut Cx, path: Value) -> Result<()> {
        let p = super::path(cx, path, "rmdir")?;
        std::fs::remove_dir(os_path(&p)).map_err(|e| failed(cx, &e, path))
    }

    /// Removes a file.
    #[function("path")]
    fn remove(cx: &mut Cx, path: Value) -> Result<()> {
        let p = super::path(cx, path, "remove")?;
        file::unlink(&p).map_err(|e| failed(cx, &e, path))
    }

    /// Removes a file.
    #[function("path")]
    fn unlink(cx: &mut Cx, path: Value) -> Result<()> {
        let p = super::path(cx, path, "unlink")?;
        file::unlink(&p).map_err(|e| failed(cx, &e, path))
    }

    fn rename_(cx: &mut Cx, src: Value, dst: Value, what: &str) -> Result<()> {
        let from = path_bytes(cx, src, &format!("{what}: src should be string, bytes or os.PathLike"))?;
        let to = path_bytes(cx, dst, &format!("{what}: dst should be string, bytes or os.PathLike"))?;
        crate::io::stream::OpenBuffers::settle(cx, &from);
        std::fs::rename(os_path(&from), os_path(&to)).map_err(|e| failed_two(cx, &e, src, dst))
    }

    /// Renames a file or directory.
    #[function("src, dst")]
    fn rename(cx: &mut Cx, src: Value, dst: Value) -> Result<()> {
        rename_(cx, src, dst, "rename")
    }

    /// Renames a file or directory, overwriting the destination.
    #[function("src, dst")]
    fn replace(cx: &mut Cx, src: Value, dst: Value) -> Result<()> {
        rename_(cx, src, dst, "replace")
    }

    /// Creates a hard link to a file.
    #[function("src, dst")]
    fn link(cx: &mut Cx, src: Value, dst: Value) -> Result<()> {
        let (from, to) = (super::path(cx, src, "link")?, super::path(cx, dst, "link")?);
        std::fs::hard_link(os_path(&from), os_path(&to)).map_err(|e| failed_two(cx, &e, src, dst))
    }

    /// Creates a symbolic link pointing to src named dst.
    #[function("src, dst, target_is_directory=False")]
    fn symlink(cx: &mut Cx, src: Value, dst: Value, target_is_directory: Option<bool>) -> Result<()> {
        let _ = target_is_directory;
        let (from, to) = (super::path(cx, src, "symlink")?, super::path(cx, dst, "symlink")?);
        std::os::unix::fs::symlink(os_path(&from), os_path(&to)).map_err(|e| failed_two(cx, &e, src, dst))
    }

    /// Returns the path to which a symbolic link points.
    #[function("path")]
    fn readlink(cx: &mut Cx, path: Value) -> Result<Value> {
        let p = super::path(cx, path, "readlink")?;
        let target = std::fs::read_link(os_path(&p)).map_err(|e| failed(cx, &e, path))?;
        let target = target.into_os_string().into_vec();
        Ok(if bytes_of(path).is_some() { cx.bytes(&target).value() } else { fs_str(cx, &target) })
    }

    /// Performs a stat system call on a path or a descriptor.
    #[function("path, *, follow_symlinks=True")]
    fn stat(cx: &mut Cx, path: Value, follow_symlinks: Option<bool>) -> Result<Value> {
        stat_of(cx, path, "stat", follow_symlinks.unwrap_or(true))
    }

    /// Performs a stat system call on a path without following links.
    #[function("path")]
    fn lstat(cx: &mut Cx, path: Value) -> Result<Value> {
        stat_of(cx, path, "lstat", false)
    }

    /// Performs a stat system call on a descriptor.
    #[function("fd")]
    fn fstat(cx: &mut Cx, fd: Value) -> Result<Value> {
        let n = descriptor(cx, fd)?;
        let s = file::status(Target::Fd(n)).map_err(|e| cx.io_error(&e, None))?;
        Ok(stat_value(cx, &s))
    }

    /// Changes the access permissions of a file.
    #[function("path, mode")]
    fn chmod(cx: &mut Cx, path: Value, mode: u32) -> Result<()> {
        let p = super::path(cx, path, "chmod")?;
        std::fs::set_permissions(os_path(&p), std::fs::Permissions::from_mode(mode)).map_err(|e| failed(cx, &e, path))
    }

    /// Changes the owner and group of a file.
    #[function("path, uid, gid")]
    fn chown(cx: &mut Cx, path: Value, uid: i32, gid: i32) -> Result<()> {
        let p = super::path(cx, path, "chown")?;
        file::chown(&p, uid as u32, gid as u32).map_err(|e| failed(cx, &e, path))
    }

    /// Sets the access and modified time of a file.
    #[function("path, times=None, *, ns=<unrepresentable>, follow_symlinks=True")]
    fn utime(cx: &mut Cx, path: Value, times: Option<Value>, ns: Option<Value>, follow_symlinks: Option<bool>) -> Result<()> {
        let p = super::path(cx, path, "utime")?;
        let pair = |cx: &mut Cx, v: Value, what: &str| -> Result<(Value, Value)> {
            match v.as_gc::<gscript_vm::object::tuple::Tuple>().filter(|t| t.len() == 2) {
                Some(t) => Ok((t.items()[0], t.items()[1])),
                None => Err(cx.type_error(format!("utime: '{what}' must be a tuple of two ints"))),
            }
        };
        let values = match (times.filter(|t| !t.is_none()), ns) {
            (Some(_), Some(_)) => return Err(cx.value_error("utime: you may specify either 'times' or 'ns' but not both")),
            (Some(t), None) => {
                let (a, m) = match t.as_gc::<gscript_vm::object::tuple::Tuple>().filter(|t| t.len() == 2) {
                    Some(t) => (t.items()[0], t.items()[1]),
                    None => return Err(cx.type_error("utime: 'times' must be either a tuple of two ints or None")),
                };
                let a = cx.to_float(a)?;
                let m = cx.to_float(m)?;
                Some(((a * 1e9).floor() as i64, (m * 1e9).floor() as i64))
            }
            (None, Some(n)) => {
                let (a, m) = pair(cx, n, "ns")?;
                let a = cx.index(a)?.as_int().unwrap_or(0);
                let m = cx.index(m)?.as_int().unwrap_or(0);
                Some((a, m))
            }
            (None, None) => None,
        };
        file::set_times(&p, values, follow_symlinks.unwrap_or(true)).map_err(|e| failed(cx, &e, path))
    }

    /// Tests access to a path.
    #[function("path, mode")]
    fn access(cx: &mut Cx, path: Value, mode: i32) -> Result<bool> {
        let p = super::path(cx, path, "access")?;
        Ok(file::access(&p, mode))
    }

    /// Opens a file for low level I/O. Returns a file descriptor.
    #[function("path, flags, mode=511")]
    fn open(cx: &mut Cx, path: Value, flags: i32, mode: Option<u32>) -> Result<i32> {
        let p = super::path(cx, path, "open")?;
        crate::io::stream::OpenBuffers::settle(cx, &p);
        open_descriptor(cx, &p, flags, mode.unwrap_or(0o777))?.map_err(|e| failed(cx, &e, path))
    }

    /// Closes a file descriptor.
    #[function("fd")]
    fn close(cx: &mut Cx, fd: Value) -> Result<()> {
        let n = descriptor(cx, fd)?;
        super::fd::close(n).map_err(|e| cx.io_error(&e, None))
    }

    /// Closes all file descriptors in [fd_low, fd_high), ignoring errors.
    #[function("fd_low, fd_high, /")]
    fn closerange(fd_low: i32, fd_high: i32) {
        for n in fd_low.max(0)..fd_high {
            let _ = super::fd::close(n);
        }
    }

    /// Reads from a file descriptor. Returns a bytes object.
    #[function("fd, length, /")]
    fn read(cx: &mut Cx, fd: Value, length: i64) -> Result<OwnedBytes> {
        let n = descriptor(cx, fd)?;
        if length < 0 {
            return Err(cx.os_error(libc::EINVAL, None));
        }
        let mut buf = vec![0; length as usize];
        match wait::read(cx, n, &mut buf)? {
            Some(count) => {
                buf.truncate(count);
                Ok(OwnedBytes(buf))
            }
            None => Err(cx.os_error(libc::EAGAIN, None)),
        }
    }

    /// Writes a bytes object to a file descriptor.
    #[function("fd, data, /")]
    fn write(cx: &mut Cx, fd: Value, data: Value) -> Result<usize> {
        let n = descriptor(cx, fd)?;
        let Some(bytes) = bytes_of(data) else {
            let text = format!("a bytes-like object is required, not '{}'", cx.type_name(data));
            return Err(cx.type_error(text));
        };
        let bytes = bytes.to_vec();
        match wait::write(cx, n, &bytes)? {
            Some(count) => Ok(count),
            None => Err(cx.os_error(libc::EAGAIN, None)),
        }
    }

    /// Reads from a file descriptor at a position.
    #[function("fd, length, offset, /")]
    fn pread(cx: &mut Cx, fd: i32, length: usize, offset: i64) -> Result<OwnedBytes> {
        let mut buf = vec![0; length];
        let n = super::fd::read_at(fd, &mut buf, offset).map_err(|e| cx.io_error(&e, None))?;
        buf.truncate(n);
        Ok(OwnedBytes(buf))
    }

    /// Writes to a file descriptor at a position.
    #[function("fd, data, offset, /")]
    fn pwrite(cx: &mut Cx, fd: i32, data: Value, offset: i64) -> Result<usize> {
        let data = bytes_of(data).unwrap_or_default();
        super::fd::write_at(fd, data, offset).map_err(|e| cx.io_error(&e, None))
    }

    /// Sets the current position of a file descriptor.
    #[function("fd, position, whence, /")]
    fn lseek(cx: &mut Cx, fd: i32, position: i64, whence: i32) -> Result<i64> {
        super::fd::seek(fd, position, whence).map_err(|e| cx.io_error(&e, None))
    }

    /// Truncates a file, specified by descriptor, to a length.
    #[function("fd, length, /")]
    fn ftruncate(cx: &mut Cx, fd: i32, length: i64) -> Result<()> {
        super::fd::truncate(fd, length).map_err(|e| cx.io_error(&e, None))
    }

    /// Truncates a file to a length.
    #[function("path, length")]
    fn truncate(cx: &mut Cx, path: Value, length: i64) -> Result<()> {
        if let Some(n) = path.as_int() {
            return super::fd::truncate(n as i32, length).map_err(|e| cx.io_error(&e, None));
        }
        let p = super::path(cx, path, "truncate")?;
        file::truncate(&p, length).map_err(|e| failed(cx, &e, path))
    }

    /// Forces write of fd to disk.
    #[function("fd")]
    fn fsync(cx: &mut Cx, fd: Value) -> Result<()> {
        let fd = match fd.as_int() {
            Some(_) => fd,
            None => cx.call_method(fd, "fileno", &[])?,
        };
        let n = descriptor(cx, fd)?;
        super::fd::sync(n, false).map_err(|e| cx.io_error(&e, None))
    }

    /// Forces write of fd to disk without forcing update of metadata.
    #[function("fd")]
    fn fdatasync(cx: &mut Cx, fd: i32) -> Result<()> {
        super::fd::sync(fd, true).map_err(|e| cx.io_error(&e, None))
    }

    /// Returns whether the descriptor is a terminal.
    #[function("fd, /")]
    fn isatty(fd: i32) -> bool {
        super::fd::is_terminal(fd)
    }

    /// Creates a pipe. Returns a tuple of two file descriptors.
    #[function("")]
    fn pipe(cx: &mut Cx) -> Result<(i32, i32)> {
        super::fd::pipe().map_err(|e| cx.io_error(&e, None))
    }

    /// Returns a duplicate of a file descriptor.
    #[function("fd, /")]
    fn dup(cx: &mut Cx, fd: i32) -> Result<i32> {
        super::fd::duplicate(fd).map_err(|e| cx.io_error(&e, None))
    }

    /// Duplicates a file descriptor to another number.
    #[function("fd, fd2, inheritable=True")]
    fn dup2(cx: &mut Cx, fd: i32, fd2: i32, inheritable: Option<bool>) -> Result<i32> {
        super::fd::duplicate_to(fd, fd2, inheritable.unwrap_or(true)).map_err(|e| cx.io_error(&e, None))
    }

    /// Returns whether programs inherit the descriptor.
    #[function("fd, /")]
    fn get_inheritable(cx: &mut Cx, fd: i32) -> Result<bool> {
        super::fd::is_inheritable(fd).map_err(|e| cx.io_error(&e, None))
    }

    /// Sets whether programs inherit the descriptor.
    #[function("fd, inheritable, /")]
    fn set_inheritable(cx: &mut Cx, fd: i32, inheritable: i32) -> Result<()> {
        super::fd::set_inheritable(fd, inheritable != 0).map_err(|e| cx.io_error(&e, None))
    }

    /// Returns whether reads and writes wait.
    #[function("fd, /")]
    fn get_blocking(cx: &mut Cx, fd: i32) -> Result<bool> {
        super::fd::is_blocking(fd).map_err(|e| cx.io_error(&e, None))
    }

    /// Sets whether reads and writes wait.
    #[function("fd, blocking, /")]
    fn set_blocking(cx: &mut Cx, fd: i32, blocking: bool) -> Result<()> {
        super::fd::set_blocking(fd, blocking).map_err(|e| cx.io_error(&e, None))
    }

    /// Returns the size of the terminal window as (columns, lines).
    #[function("fd=1, /")]
    fn get_terminal_size(cx: &mut Cx, fd: Option<i32>) -> Result<Value> {
        let (columns, lines) = super::fd::terminal_size(fd.unwrap_or(1)).map_err(|e| cx.io_error(&e, None))?;
        let class = record_class(cx, &TERMINAL_SIZE, |s| &mut s.terminal);
        Ok(TERMINAL_SIZE.make(cx, class, &[Value::int32(columns as i32), Value::int32(lines as i32)], &[]).value())
    }

    /// Returns the current process id.
    #[function("")]
    fn getpid() -> u32 {
        std::process::id()
    }

    /// Returns the parent's process id.
    #[function("")]
    fn getppid() -> i32 {
        file::process_ids()[0]
    }

    /// Returns the current process group id.
    #[function("")]
    fn getpgrp() -> i32 {
        file::process_ids()[1]
    }

    /// Returns the current process's user id.
    #[function("")]
    fn getuid() -> u32 {
        file::ids()[0]
    }

    /// Returns the current process's effective user id.
    #[function("")]
    fn geteuid() -> u32 {
        file::ids()[1]
    }

    /// Returns the current process's group id.
    #[function("")]
    fn getgid() -> u32 {
        file::ids()[2]
    }

    /// Returns the current process's effective group id.
    #[function("")]
    fn getegid() -> u32 {
        file::ids()[3]
    }

    /// Sets the current numeric umask and returns the previous umask.
    #[function("mask, /")]
    fn umask(mask: u32) -> u32 {
        file::umask(mask)
    }

    /// Kills a process with a signal.
    #[function("pid, signal, /")]
    fn kill(cx: &mut Cx, pid: i32, signal: i32) -> Result<()> {
        file::kill(pid, signal).map_err(|e| cx.io_error(&e, None))?;
        cx.check_poll()
    }

    /// Executes the command in a subshell.
    #[function("command")]
    fn system(cx: &mut Cx, command: Value) -> Result<i32> {
        let command = super::path(cx, command, "system")?;
        let status = crate::platform::process::system(&command).map_err(|e| cx.io_error(&e, None))?;
        cx.check_poll()?;
        Ok(status)
    }

    /// Returns a bytes object containing random bytes suitable for cryptographic use.
    #[function("size, /")]
    fn urandom(cx: &mut Cx, size: i64) -> Result<OwnedBytes> {
        if size < 0 {
            return Err(cx.value_error("negative argument not allowed"));
        }
        let mut buf = vec![0; size as usize];
        match getrandom::fill(&mut buf) {
            Ok(()) => Ok(OwnedBytes(buf)),
            Err(e) => Err(cx.os_error(e.raw_os_error().unwrap_or(libc::EIO), None)),
        }
    }

    /// Returns the number of CPUs in the system.
    #[function("")]
    fn cpu_count() -> Option<usize> {
        std::thread::available_parallelism().ok().map(|n| n.get())
    }

    /// Returns the text for an error number.
    #[function("code, /")]
    fn strerror(code: i32) -> String {
        gscript_vm::exception::raise::os_error_text(code)
    }

    /// Changes or adds an environment variable.
    #[function("name, value, /")]
    fn putenv(cx: &mut Cx, name: Value, value: Value) -> Result<()> {
        let n = super::path(cx, name, "putenv")?;
        let v = super::path(cx, value, "putenv")?;
        if n.contains(&b'=') {
            return Err(cx.value_error("illegal environment variable name"));
        }
        file::set_variable(&n, Some(&v)).map_err(|e| cx.io_error(&e, None))
    }

    /// Deletes an environment variable.
    #[function("name, /")]
    fn unsetenv(cx: &mut Cx, name: Value) -> Result<()> {
        let n = super::path(cx, name, "unsetenv")?;
        file::set_variable(&n, None).map_err(|e| cx.io_error(&e, None))
    }

    /// Returns an object identifying the current operating system.
    #[function("")]
    fn uname(cx: &mut Cx) -> Result<Value> {
        let names = file::system_names().map_err(|e| cx.io_error(&e, None))?;
        let class = record_class(cx, &UNAME_RESULT, |s| &mut s.uname);
        let items = names.each_ref().map(|n| fs_str(cx, n));
        Ok(UNAME_RESULT.make(cx, class, &items, &[]).value())
    }

    /// Returns the average load over the last 1, 5 and 15 minutes.
    #[function("")]
    fn getloadavg(cx: &mut Cx) -> Result<(f64, f64, f64)> {
        match file::load() {
            Some([a, b, c]) => Ok((a, b, c)),
            None => Err(cx.os_error(libc::EIO, None)),
        }
    }

    /// Returns an object with process times.
    #[function("")]
    fn times(cx: &mut Cx) -> Result<Value> {
        let class = record_class(cx, &TIMES_RESULT, |s| &mut s.times);
        let t = crate::platform::process::times();
        let items = t.map(|x| cx.float(x));
        Ok(TIMES_RESULT.make(cx, class, &items, &[]).value())
    }

    /// Exits to the system with a status, without normal exit processing.
    #[function("status")]
    fn _exit(status: i32) {
        crate::platform::process::exit_now(status)
    }

    /// Returns the path of the argument as str or bytes.
    #[function("path")]
    fn fspath(cx: &mut Cx, path: Value) -> Result<Value> {
        if path.as_str_object().is_some() || cx.is_instance(path, cx.types.bytes) {
            return Ok(path);
        }
        let key = cx.intern("__fspath__");
        let class = cx.class_of(path);
        if cx.lookup(class, key).is_none() {
            let text = format!("expected str, bytes or os.PathLike object, not {}", cx.type_name(path));
            return Err(cx.type_error(text));
        }
        let p = cx.call_method(path, "__fspath__", &[])?;
        if p.as_str_object().is_none() && !cx.is_instance(p, cx.types.bytes) {
            let text = format!("expected {}.__fspath__() to return str or bytes, not {}", cx.type_name(path), cx.type_name(p));
            return Err(cx.type_error(text));
        }
        Ok(p)
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        let environ = cx.dict_new();
        for (k, v) in std::env::vars_os() {
            let (k, v) = (cx.bytes(k.as_bytes()).value(), cx.bytes(v.as_bytes()).value());
            cx.dict_set(environ, k, v)?;
        }
        cx.dict_set_text(dict, "environ", environ.value());
        for &(name, n) in CONSTANTS {
            let v = cx.int(n as i64);
            cx.dict_set_text(dict, name, v);
        }
        let error = cx.types.os_error.value();
        cx.dict_set_text(dict, "error", error);
        let classes = [
            ("stat_result", record_class(cx, &STAT_RESULT, |s| &mut s.stat)),
            ("terminal_size", record_class(cx, &TERMINAL_SIZE, |s| &mut s.terminal)),
            ("uname_result", record_class(cx, &UNAME_RESULT, |s| &mut s.uname)),
            ("times_result", record_class(cx, &TIMES_RESULT, |s| &mut s.times)),
        ];
        for (name, class) in classes {
            cx.dict_set_text(dict, name, class.value());
        }
        Ok(())
    }
}

const CONSTANTS: &[(&str, i32)] = &[
    ("O_RDONLY", libc::O_RDONLY),
    ("O_WRONLY", libc::O_WRONLY),
    ("O_RDWR", libc::O_RDWR),
    ("O_APPEND", libc::O_APPEND),
    ("O_CREAT", libc::O_CREAT),
    ("O_EXCL", libc::O_EXCL),
    ("O_TRUNC", libc::O_TRUNC),
    ("O_NONBLOCK", libc::O_NONBLOCK),
    ("O_NDELAY", libc::O_NDELAY),
    ("O_SYNC", libc::O_SYNC),
    ("O_DSYNC", libc::O_DSYNC),
    ("O_CLOEXEC", libc::O_CLOEXEC),
    ("O_NOFOLLOW", libc::O_NOFOLLOW),
    ("O_DIRECTORY", libc::O_DIRECTORY),
    ("O_NOCTTY", libc::O_NOCTTY),
    ("F_OK", libc::F_OK),
    ("R_OK", libc::R_OK),
    ("W_OK", libc::W_OK),
    ("X_OK", libc::X_OK),
    ("WNOHANG", libc::WNOHANG),
    ("WUNTRACED", libc::WUNTRACED),
    ("WCONTINUED", libc::WCONTINUED),
    ("EX_OK", 0),
    ("EX_USAGE", 64),
    ("EX_DATAERR", 65),
    ("EX_NOINPUT", 66),
    ("EX_NOUSER", 67),
    ("EX_NOHOST", 68),
    ("EX_UNAVAILABLE", 69),
    ("EX_SOFTWARE", 70),
    ("EX_OSERR", 71),
    ("EX_OSFILE", 72),
    ("EX_CANTCREAT", 73),
    ("EX_IOERR", 74),
    ("EX_TEMPFAIL", 75),
    ("EX_PROTOCOL", 76),
    ("EX_NOPERM", 77),
    ("EX_CONFIG", 78),
];
