//! An open file and what is buffered for it. Shared by the objects on top of each other (raw, buffered, text), so that
//! in whatever order the collector frees them nothing is lost: the last one writes the rest and closes.

use std::cell::{Cell, RefCell};
use std::io::{Error, Result};
use std::rc::{Rc, Weak};

use gscript_vm::extension::Extension;
use gscript_vm::vm::Cx;

use crate::platform::{fd, file};
use crate::socket::file::SocketFile;

/// A descriptor that is closed when nobody refers to it any more.
pub struct RawFile {
    fd: Cell<i32>,
    close_fd: bool,
    seekable: Cell<Option<bool>>,
    /// What `may_wait` found.
    waits: Cell<Option<bool>>,
}

impl RawFile {
    /// Takes over `fd`; it is closed in the end if `close_fd`.
    pub fn new(fd: i32, close_fd: bool) -> Rc<RawFile> {
        Rc::new(RawFile { fd: Cell::new(fd), close_fd, seekable: Cell::new(None), waits: Cell::new(None) })
    }

    /// The descriptor; -1 when it is closed.
    pub fn fd(&self) -> i32 {
        self.fd.get()
    }

    pub fn is_closed(&self) -> bool {
        self.fd.get() < 0
    }

    pub fn closes_fd(&self) -> bool {
        self.close_fd
    }

    /// Closes it now.
    pub fn close(&self) -> Result<()> {
        let n = self.fd.replace(-1);
        if n >= 0 && self.close_fd { fd::close(n) } else { Ok(()) }
    }

    /// Whether the position can be moved.
    pub fn is_seekable(&self) -> bool {
        if let Some(b) = self.seekable.get() {
            return b;
        }
        let b = fd::seek(self.fd(), 0, libc::SEEK_CUR).is_ok();
        self.seekable.set(Some(b));
        b
    }

    /// Whether a write may have to wait for somebody else. Never for the standard streams.
    pub fn may_wait(&self) -> bool {
        if let Some(b) = self.waits.get() {
            return b;
        }
        let b = self.fd() > 2 && fd::may_wait(self.fd());
        self.waits.set(Some(b));
        b
    }

    /// Writes everything; the number of bytes written with the error that stopped it: EINTR too, also when a signal came
    /// after a part was written.
    pub fn write_all(&self, data: &[u8]) -> std::result::Result<(), (usize, Error)> {
        match super::screen::write(self.fd(), data) {
            Ok(n) if n < data.len() => Err((n, Error::from_raw_os_error(libc::EINTR))),
            Ok(_) => Ok(()),
            Err(e) => Err((0, e)),
        }
    }
}

impl Drop for RawFile {
    fn drop(&mut self) {
        // There is nobody to tell.
        let _ = self.close();
    }
}

/// What was read ahead.
#[derive(Default)]
pub struct ReadAhead {
    pub data: Vec<u8>,
    pub at: usize,
}

impl ReadAhead {
    /// The bytes not yet taken.
    pub fn rest(&self) -> &[u8] {
        &self.data[self.at..]
    }

    pub fn clear(&mut self) {
        self.data.clear();
        self.at = 0;
    }
}

/// The buffers over a file. Data on their way out pass `text`, then `output`.
pub struct Buffers {
    /// The file; none when the raw object is a script's or in memory.
    pub file: Option<Rc<RawFile>>,
    /// The socket file, in the place of a file.
    pub socket: Option<Rc<SocketFile>>,
    /// A greenlet waits inside a read or a write: others have to keep out.
    pub is_busy: Cell<bool>,
    pub size: usize,
    pub input: RefCell<ReadAhead>,
    pub output: RefCell<Vec<u8>>,
    /// Encoded text that a text object has not passed on yet.
    pub text: RefCell<Vec<u8>>,
}

impl Buffers {
    pub fn new(file: Option<Rc<RawFile>>, socket: Option<Rc<SocketFile>>, size: usize) -> Rc<Buffers> {
        let is_busy = Cell::new(false);
        Rc::new(Buffers { file, socket, is_busy, size, input: RefCell::default(), output: RefCell::default(), text: RefCell::default() })
    }

    /// Whether the file below is closed; `None`: below is an object of a script.
    pub fn is_closed(&self) -> Option<bool> {
        match (&self.file, &self.socket) {
            (Some(f), _) => Some(f.is_closed()),
            (_, Some(s)) => Some(s.is_closed()),
            _ => None,
        }
    }

    /// Passes text on to the output buffer.
    pub fn pass_text(&self) {
        self.output.borrow_mut().append(&mut self.text.borrow_mut());
    }

    /// Bytes waiting to be written.
    pub fn has_output(&self) -> bool {
        !self.output.borrow().is_empty() || !self.text.borrow().is_empty()
    }

    /// Writes the output buffer to the file. What could not be written stays.
    pub fn flush_output(&self) -> Result<()> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let mut output = self.output.borrow_mut();
        if output.is_empty() {
            return Ok(());
        }
        match file.write_all(&output) {
            Ok(()) => {
                output.clear();
                if output.capacity() > 1 << 20 {
                    *output = Vec::new();
                }
                Ok(())
            }
            Err((done, e)) => {
                output.drain(..done);
                Err(e)
            }
        }
    }

    /// Sends what waits, as far as it goes without waiting.
    fn send_rest(&self) {
        if let Some(s) = &self.socket {
            if self.has_output() {
                self.pass_text();
                s.write_rest(&self.output.take());
            }
        }
    }

    /// As [`Buffers::flush_output`]; signal handlers run when one comes meanwhile. The outer error is what they raise.
    pub fn flush_checked(&self, cx: &mut Cx) -> gscript_vm::vm::Result<Result<()>> {
        loop {
            match self.flush_output() {
                Err(e) if e.raw_os_error() == Some(libc::EINTR) => cx.check_poll()?,
                done => return Ok(done),
            }
        }
    }

    /// Writes everything that waits. For when nobody can be told: signals do not stop it.
    pub fn flush_all(&self) -> Result<()> {
        self.pass_text();
        loop {
            match self.flush_output() {
                Err(e) if e.raw_os_error() == Some(libc::EINTR) => {}
                done => return done,
            }
        }
    }
}

impl Drop for Buffers {
    fn drop(&mut self) {
        if self.has_output() && self.file.as_ref().is_some_and(|f| !f.is_closed()) {
            // There is nobody to tell.
            let _ = self.flush_all();
        }
        self.send_rest();
    }
}

/// The buffers of a machine that are open for writing, to be flushed at its end.
#[derive(Default)]
pub struct OpenBuffers {
    list: Vec<Weak<Buffers>>,
    prune_at: usize,
}

impl Extension for OpenBuffers {}

impl OpenBuffers {
    /// Remembers buffers that may hold output at the end.
    pub fn add(cx: &mut Cx, buffers: &Rc<Buffers>) {
        let open = cx.extension::<OpenBuffers>();
        if open.list.len() >= open.prune_at.max(64) {
            open.list.retain(|w| w.strong_count() > 0);
            open.prune_at = open.list.len() * 2;
        }
        open.list.push(Rc::downgrade(buffers));
    }

    /// Before a file is looked at by name: if output for it waits in an object that nobody refers to any more, it is
    /// written now. CPython would have done so at once.
    pub fn settle(cx: &mut Cx, path: &[u8]) {
        let is_waiting = |b: &Rc<Buffers>| b.has_output() && b.file.as_ref().is_some_and(|f| !f.is_closed());
        let waiting: Vec<i32> = {
            let open = cx.extension::<OpenBuffers>();
            let live = open.list.iter().filter_map(Weak::upgrade).filter(is_waiting);
            live.filter_map(|b| b.file.as_ref().map(|f| f.fd())).filter(|&n| n > 2).collect()
        };
        if waiting.is_empty() {
            return;
        }
        let Ok(named) = file::status(file::Target::Path(path)) else { return };
        let is_same = |n: i32| file::status(file::Target::Fd(n)).is_ok_and(|s| (s.dev, s.ino) == (named.dev, named.ino));
        if waiting.into_iter().any(is_same) {
            cx.collect(true);
        }
    }

    /// Writes what waits in any of them.
    pub fn flush_all(cx: &mut Cx) {
        let list: Vec<_> = cx.extension::<OpenBuffers>().list.iter().filter_map(Weak::upgrade).collect();
        for b in list {
            if b.file.as_ref().is_some_and(|f| !f.is_closed()) {
                // There is nobody to tell; the standard streams have been flushed before.
                let _ = b.flush_all();
            }
            b.send_rest();
        }
    }
}
