//! `_select`: waiting for any of several descriptors; the module `select` on top of it is in `gs/select.gs`.
//!
//! All are asked at once first. If none is ready, they are put in an epoll instance of their own, and the greenlet parks
//! until that can be read. So the same descriptor may be waited for in several places, whatever the socket objects do.

use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

use gscript_macros::module;
use gscript_vm::green::poller::{Direction, FdKind, Wait};
use gscript_vm::object::simple::Module;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use crate::platform::poll::{self, Interest};

/// What is asked about one descriptor.
pub fn interest(fd: i32, events: i16) -> Interest {
    Interest { fd, events, revents: 0 }
}

/// Parks until one of the descriptors has something to tell or the time is up; how many have. What each has stands in
/// the list then.
pub fn wait(cx: &mut Cx, list: &mut [Interest], until: Option<Instant>, what: &'static str) -> Result<usize> {
    loop {
        let ready = poll::ask(list).map_err(|e| cx.io_error(&e, None))?;
        if ready > 0 {
            return Ok(ready);
        }
        let left = match until {
            Some(end) => match end.checked_duration_since(Instant::now()) {
                Some(left) if !left.is_zero() => Some(left.as_secs_f64()),
                _ => return Ok(0),
            },
            None => None,
        };
        if list.is_empty() {
            let token = cx.begin_wait(what)?;
            let timer = left.and_then(|s| cx.wake_after(token, s));
            let r = cx.park();
            if let Some(t) = timer {
                cx.cancel_timer(t);
            }
            r?;
            continue;
        }
        let set = poll::watch(list).map_err(|e| cx.io_error(&e, None))?;
        let mut wakes = cx.take_wakes();
        let opened = cx.poller()?.open(set.as_raw_fd(), FdKind::Other, &mut wakes);
        cx.deliver(wakes);
        let key = opened.map_err(|e| cx.io_error(&e, None))?;
        let token = cx.begin_wait(what)?;
        let poller = cx.poller()?;
        poller.note_would_block(key, Direction::Read);
        let r = match poller.wait(key, Direction::Read, token.0) {
            Ok(Wait::Parked) => {
                let timer = left.and_then(|s| cx.wake_after(token, s));
                let r = cx.park();
                if let Some(t) = timer {
                    cx.cancel_timer(t);
                }
                cx.poller()?.cancel(key, Direction::Read, token.0);
                r.map(drop)
            }
            _ => Ok(()),
        };
        let mut wakes = cx.take_wakes();
        cx.poller()?.close(key, &mut wakes);
        cx.deliver(wakes);
        drop(set);
        r?;
    }
}

/// Waiting for descriptors.
#[module("_select")]
pub mod module {
    use super::*;

    /// Waits for a list of (descriptor, events) for at most `timeout` seconds; the events found, in the same order.
    #[function("interests, timeout, /")]
    fn wait(cx: &mut Cx, interests: Value, timeout: Option<f64>) -> Result<Value> {
        let items = cx.list_from_iterable(interests)?;
        let mut list = Vec::with_capacity(items.len());
        for i in 0..items.len() {
            let item = cx.list_get(items, i);
            let pair = cx.tuple_from_iterable(item)?;
            let &[fd, events] = pair.items() else {
                return Err(cx.type_error("a pair of descriptor and events is required"));
            };
            let (Some(fd), Some(events)) = (cx.index(fd)?.as_int(), cx.index(events)?.as_int()) else {
                return Err(cx.overflow_error("signed integer is greater than maximum"));
            };
            let Ok(fd) = i32::try_from(fd) else {
                return Err(cx.overflow_error("signed integer is greater than maximum"));
            };
            list.push(interest(fd, events as u16 as i16));
        }
        let until = match timeout {
            Some(t) if t.is_nan() => return Err(cx.value_error("Invalid value NaN (not a number)")),
            Some(t) if t < 1e9 => Some(Instant::now() + Duration::from_secs_f64(t.max(0.0))),
            _ => None,
        };
        super::wait(cx, &mut list, until, "a descriptor")?;
        let out = cx.list_new();
        for i in &list {
            cx.list_push(out, Value::int32(i.revents as u16 as i32));
        }
        Ok(out.value())
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        for (name, n) in [
            ("POLLIN", libc::POLLIN),
            ("POLLPRI", libc::POLLPRI),
            ("POLLOUT", libc::POLLOUT),
            ("POLLERR", libc::POLLERR),
            ("POLLHUP", libc::POLLHUP),
            ("POLLNVAL", libc::POLLNVAL),
            ("POLLRDNORM", libc::POLLRDNORM),
            ("POLLRDBAND", libc::POLLRDBAND),
            ("POLLWRNORM", libc::POLLWRNORM),
            ("POLLWRBAND", libc::POLLWRBAND),
            ("POLLMSG", 0x400),
            ("POLLRDHUP", 0x2000),
            ("PIPE_BUF", 4096),
        ] {
            cx.dict_set_text(dict, name, Value::int32(n as i32));
        }
        Ok(())
    }
}
