//! Signals of the process: a handler notes what came, and the machine looks at its next poll.
//!
//! The handlers are signal-hook's. What it cannot do is done here: give a signal back its default action, ignore it, and
//! let system calls be interrupted (CPython's handlers have no `SA_RESTART`).

use std::io::{Error, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering};

use gscript_vm::green::poller::WakeCell;
use gscript_vm::vm::poll;

/// Signals are numbered from 1 to one below this.
pub const COUNT: i32 = 65;

/// Where the signals of the process arrive: what the handlers touch. They only do atomic operations and write to
/// descriptors.
pub struct Receiver {
    /// Bit `n - 1`: signal `n` came.
    pending: AtomicU64,
    poll: Arc<AtomicU32>,
    waker: Arc<WakeCell>,
    /// `signal.set_wakeup_fd`, or -1.
    pub wakeup_fd: AtomicI32,
}

impl Receiver {
    /// For the machine with this poll word and this waker.
    pub fn new(poll: Arc<AtomicU32>, waker: Arc<WakeCell>) -> Receiver {
        Receiver { pending: AtomicU64::new(0), poll, waker, wakeup_fd: AtomicI32::new(-1) }
    }

    /// Notes that a signal came. Runs in signal handlers.
    pub fn note(&self, signal: i32) {
        self.pending.fetch_or(bit(signal), Ordering::AcqRel);
        self.poll.fetch_or(poll::SIGNAL, Ordering::AcqRel);
        self.waker.wake();
        let fd = self.wakeup_fd.load(Ordering::Relaxed);
        if fd >= 0 {
            // A full pipe has woken its reader already.
            let _ = super::fd::write(fd, &[signal as u8]);
        }
    }

    /// Takes the signal with the lowest number that came.
    pub fn take(&self) -> Option<i32> {
        let pending = self.pending.load(Ordering::Acquire);
        if pending == 0 {
            return None;
        }
        let signal = pending.trailing_zeros() as i32 + 1;
        self.pending.fetch_and(!bit(signal), Ordering::AcqRel);
        Some(signal)
    }

    /// Has the next poll look again.
    pub fn look_again(&self) {
        if self.pending.load(Ordering::Acquire) != 0 {
            self.poll.fetch_or(poll::SIGNAL, Ordering::AcqRel);
        }
    }
}

fn bit(signal: i32) -> u64 {
    1 << (signal - 1)
}

/// What the kernel does with a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    Default,
    Ignore,
    /// A handler, ours or a foreign one.
    Handler,
}

/// The actions that signal-hook installed, to be put back after a default.
#[derive(Default)]
pub struct Installed {
    actions: Vec<(i32, libc::sigaction)>,
}

fn current(signal: i32) -> Result<libc::sigaction> {
    // SAFETY: plain numbers and a pointer that may be 0.
    let mut old: libc::sigaction = unsafe { std::mem::zeroed() };
    // SAFETY: no new action; the kernel fills the old one, or refuses the number.
    match unsafe { libc::sigaction(signal, std::ptr::null(), &mut old) } {
        0 => Ok(old),
        _ => Err(Error::last_os_error()),
    }
}

fn replace(signal: i32, action: &libc::sigaction) -> Result<()> {
    // SAFETY: the action is a default, or was installed by signal-hook and taken from the kernel.
    match unsafe { libc::sigaction(signal, action, std::ptr::null_mut()) } {
        0 => Ok(()),
        _ => Err(Error::last_os_error()),
    }
}

/// What the kernel does with `signal` now.
pub fn disposition(signal: i32) -> Result<Disposition> {
    Ok(match current(signal)?.sa_sigaction {
        libc::SIG_DFL => Disposition::Default,
        libc::SIG_IGN => Disposition::Ignore,
        _ => Disposition::Handler,
    })
}

/// The default action for a signal, or none at all.
pub fn set_default(signal: i32, is_ignored: bool) -> Result<()> {
    let mut action = current(signal)?;
    action.sa_sigaction = if is_ignored { libc::SIG_IGN } else { libc::SIG_DFL };
    action.sa_flags = 0;
    replace(signal, &action)
}

impl Installed {
    /// Has a signal noted by the receiver when it comes. System calls that it interrupts fail with EINTR.
    pub fn install(&mut self, signal: i32, receiver: &Arc<Receiver>) -> Result<()> {
        if let Some((_, action)) = self.actions.iter().find(|a| a.0 == signal) {
            return replace(signal, action);
        }
        // Those that cannot be caught, and those after which the process could not go on.
        if signal_hook::consts::FORBIDDEN.contains(&signal) {
            return Err(Error::from_raw_os_error(libc::EINVAL));
        }
        // signal-hook would call what it finds: a handler of the process, of which there is none but the runtime's.
        set_default(signal, false)?;
        let receiver = receiver.clone();
        // SAFETY: `note` does nothing but what a signal handler may do.
        unsafe { signal_hook::low_level::register(signal, move || receiver.note(signal))? };
        let mut action = current(signal)?;
        action.sa_flags &= !libc::SA_RESTART;
        replace(signal, &action)?;
        self.actions.push((signal, action));
        Ok(())
    }

    /// Whether the handler of a signal lets system calls fail with EINTR.
    pub fn set_interrupting(&mut self, signal: i32, is_interrupting: bool) -> Result<()> {
        let flagged = |mut action: libc::sigaction| {
            if is_interrupting {
                action.sa_flags &= !libc::SA_RESTART;
            } else {
                action.sa_flags |= libc::SA_RESTART;
            }
            action
        };
        if let Some(own) = self.actions.iter_mut().find(|a| a.0 == signal) {
            own.1 = flagged(own.1);
        }
        replace(signal, &flagged(current(signal)?))
    }
}

/// Has the kernel send SIGALRM after whole seconds; those that were left of an earlier alarm.
pub fn alarm(seconds: u32) -> u32 {
    // SAFETY: numbers only.
    unsafe { libc::alarm(seconds) }
}

fn to_timeval(seconds: f64) -> libc::timeval {
    let whole = seconds.floor();
    libc::timeval { tv_sec: whole as libc::time_t, tv_usec: ((seconds - whole) * 1e6) as libc::suseconds_t }
}

fn from_timeval(t: libc::timeval) -> f64 {
    t.tv_sec as f64 + t.tv_usec as f64 / 1e6
}

fn from_itimerval(t: &libc::itimerval) -> (f64, f64) {
    (from_timeval(t.it_value), from_timeval(t.it_interval))
}

fn zero_itimerval() -> libc::itimerval {
    libc::itimerval { it_value: to_timeval(0.0), it_interval: to_timeval(0.0) }
}

/// Sets an interval timer; what was set before: seconds left and the interval.
pub fn set_timer(which: i32, seconds: f64, interval: f64) -> Result<(f64, f64)> {
    let new = libc::itimerval { it_value: to_timeval(seconds), it_interval: to_timeval(interval) };
    let mut old = zero_itimerval();
    // SAFETY: two structures, one read and one filled.
    match unsafe { libc::setitimer(which as _, &new, &mut old) } {
        0 => Ok(from_itimerval(&old)),
        _ => Err(Error::last_os_error()),
    }
}

/// Seconds left on an interval timer, and its interval.
pub fn timer(which: i32) -> Result<(f64, f64)> {
    let mut now = zero_itimerval();
    // SAFETY: one structure, which the kernel fills.
    match unsafe { libc::getitimer(which as _, &mut now) } {
        0 => Ok(from_itimerval(&now)),
        _ => Err(Error::last_os_error()),
    }
}

/// Sends a signal to the own process, on the calling thread.
pub fn raise(signal: i32) -> Result<()> {
    // SAFETY: numbers only.
    match unsafe { libc::raise(signal) } {
        0 => Ok(()),
        _ => Err(Error::last_os_error()),
    }
}

/// The system's name for a signal.
pub fn description(signal: i32) -> Option<String> {
    // SAFETY: the text is read before another call could replace it.
    unsafe {
        let text = libc::strsignal(signal);
        (!text.is_null()).then(|| std::ffi::CStr::from_ptr(text).to_string_lossy().into_owned())
    }
}

fn to_set(signals: u64) -> libc::sigset_t {
    // SAFETY: the set is plain memory that sigemptyset fills; numbers are in range.
    unsafe {
        let mut set = std::mem::zeroed();
        libc::sigemptyset(&mut set);
        for n in (1..COUNT).filter(|n| signals & bit(*n) != 0) {
            libc::sigaddset(&mut set, n);
        }
        set
    }
}

fn from_set(set: &libc::sigset_t) -> u64 {
    // SAFETY: a set that the kernel filled.
    (1..COUNT).filter(|&n| unsafe { libc::sigismember(set, n) } == 1).fold(0, |bits, n| bits | bit(n))
}

/// Blocks or unblocks signals (bit `n - 1` for signal `n`) on this thread; those that were blocked.
pub fn mask(how: i32, signals: u64) -> Result<u64> {
    let new = to_set(signals);
    let mut old = to_set(0);
    // SAFETY: two sets, one read and one filled.
    match unsafe { libc::pthread_sigmask(how, &new, &mut old) } {
        0 => Ok(from_set(&old)),
        error => Err(Error::from_raw_os_error(error)),
    }
}

/// Blocked signals that came.
pub fn blocked() -> Result<u64> {
    let mut set = to_set(0);
    // SAFETY: a set, which the kernel fills.
    match unsafe { libc::sigpending(&mut set) } {
        0 => Ok(from_set(&set)),
        _ => Err(Error::last_os_error()),
    }
}

/// Signals that programs may use: not the two that the thread library keeps.
pub fn valid() -> u64 {
    // SAFETY: as in `to_set`.
    let all = unsafe {
        let mut set = std::mem::zeroed();
        libc::sigfillset(&mut set);
        set
    };
    from_set(&all)
}

/// The real-time signals: the first and the last.
pub fn real_time() -> (i32, i32) {
    (libc::SIGRTMIN(), libc::SIGRTMAX())
}
