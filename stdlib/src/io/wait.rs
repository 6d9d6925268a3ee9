//! Reading and writing descriptors that may have to wait: pipes, terminals, sockets. Only the greenlet that asks waits.
//!
//! Flags of descriptors are never changed: readiness is asked for, then the descriptor is read.

use gscript_vm::green::poller::{Direction, FdKey, FdKind, Wait};
use gscript_vm::vm::{Cx, Result};

use crate::platform::fd;

/// Reads; `None` when nothing is there and the descriptor does not wait.
pub fn read(cx: &mut Cx, n: i32, buf: &mut [u8]) -> Result<Option<usize>> {
    loop {
        if !fd::is_ready(n, false) {
            wait(cx, n, Direction::Read)?;
        }
        match fd::read(n, buf) {
            Ok(count) => return Ok(Some(count)),
            Err(e) => match e.raw_os_error() {
                Some(libc::EINTR) => cx.check_poll()?,
                Some(libc::EAGAIN) => return Ok(None),
                _ => return Err(cx.io_error(&e, None)),
            },
        }
    }
}

/// A pipe takes as many bytes as this at once when it says that it can be written to.
const PIECE: usize = 4096;

/// Writes some; `None` when there is no room and the descriptor does not wait. To a pipe, a socket or a terminal that
/// waits, everything is written, in pieces, and only the caller waits. Not so the standard streams: `print` never lets
/// others run.
pub fn write(cx: &mut Cx, n: i32, data: &[u8]) -> Result<Option<usize>> {
    if n > 2 && !data.is_empty() && cx.current_greenlet().is_some() && fd::may_wait(n) && fd::is_blocking(n).unwrap_or(false) {
        return write_in_pieces(cx, n, data).map(Some);
    }
    loop {
        match super::screen::write(n, data) {
            Ok(count) => return Ok(Some(count)),
            Err(e) => match e.raw_os_error() {
                Some(libc::EINTR) => cx.check_poll()?,
                Some(libc::EAGAIN) => return Ok(None),
                _ => return Err(cx.io_error(&e, None)),
            },
        }
    }
}

fn write_in_pieces(cx: &mut Cx, n: i32, data: &[u8]) -> Result<usize> {
    let mut at = 0;
    while at < data.len() {
        if !fd::is_ready(n, true) {
            wait(cx, n, Direction::Write)?;
        }
        let piece = &data[at..data.len().min(at + PIECE)];
        match fd::write_ready(n, piece) {
            Ok(count) => at += count,
            Err(e) => match e.raw_os_error() {
                Some(libc::EINTR) => cx.check_poll()?,
                Some(libc::EAGAIN) => wait(cx, n, Direction::Write)?,
                // The next write tells.
                _ if at > 0 => break,
                _ => return Err(cx.io_error(&e, None)),
            },
        }
    }
    Ok(at)
}

/// Parks until the descriptor is ready; at once where that cannot be waited for, such as for files.
fn wait(cx: &mut Cx, n: i32, direction: Direction) -> Result<()> {
    if cx.current_greenlet().is_none() {
        return Ok(());
    }
    // A copy is watched: the number itself may be watched by a socket object.
    let Ok(copy) = fd::duplicate(n) else {
        return Ok(());
    };
    let mut wakes = cx.take_wakes();
    let opened = cx.poller()?.open(copy, FdKind::Inherited, &mut wakes);
    cx.deliver(wakes);
    let r = match opened {
        Ok(key) => {
            let r = wait_for(cx, key, direction);
            let mut wakes = cx.take_wakes();
            if let Ok(p) = cx.poller() {
                p.close(key, &mut wakes);
            }
            cx.deliver(wakes);
            r
        }
        Err(_) => Ok(()),
    };
    // Only the copy.
    let _ = fd::close(copy);
    r
}

fn wait_for(cx: &mut Cx, key: FdKey, direction: Direction) -> Result<()> {
    let token = cx.begin_wait("a file")?;
    if !matches!(cx.poller()?.wait(key, direction, token.0), Ok(Wait::Parked)) {
        // It never waits, or fails when it is read.
        return Ok(());
    }
    let r = cx.park();
    cx.poller()?.cancel(key, direction, token.0);
    r.map(|_| ())
}
