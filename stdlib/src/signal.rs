//! `_signal`: handlers of signals, timers that send them. The module `signal` around it is in `gs/signal.gs`.
//!
//! Signals belong to the process, so only one machine gets them: the one for which the command line called [`take_over`].
//! In all others `signal.signal` fails as it does in CPython outside the main interpreter. What a signal handler of the
//! process does is in `platform/signal.rs`; script functions run here, at a poll or, while all greenlets wait, in the hub.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use gscript_macros::module;
use gscript_vm::extension::Extension;
use gscript_vm::green::hub::Token;
use gscript_vm::heap::mark::Marker;
use gscript_vm::object::simple::Module;
use gscript_vm::value::{Gc, Value};
use gscript_vm::vm::{Cx, Result};

use crate::platform::signal::{self as platform, COUNT, Disposition, Installed, Receiver};

/// `SIG_DFL`, `SIG_IGN` as numbers.
const DEFAULT: i32 = 0;
const IGNORE: i32 = 1;

/// What is called or done for a signal, as scripts set it; None: a handler that is not ours.
#[derive(Default)]
struct State {
    receiver: Option<Arc<Receiver>>,
    installed: Installed,
    /// By number; empty until they are first asked for.
    handlers: Vec<Value>,
    default_int_handler: Option<Value>,
    /// Greenlets in `pause`.
    pausing: Vec<Token>,
}

impl Extension for State {
    fn trace(&self, m: &mut Marker<'_>) {
        for &v in self.handlers.iter().chain(&self.default_int_handler) {
            m.value(v);
        }
    }
}

/// Has the signals of the process arrive in this machine, and Ctrl-C raise KeyboardInterrupt, unless the process was
/// started with SIGINT ignored.
///
/// # Errors
/// The system refuses the handler.
pub fn take_over(cx: &mut Cx) -> std::io::Result<()> {
    let receiver = Arc::new(Receiver::new(cx.poll_word(), cx.waker()));
    cx.hooks_mut().signal = Some(deliver);
    let state = cx.extension::<State>();
    state.receiver = Some(receiver.clone());
    if platform::disposition(libc::SIGINT)? == Disposition::Default {
        state.installed.install(libc::SIGINT, &receiver)?;
    }
    Ok(())
}

/// The handlers, filled from what the process was started with.
fn handlers(cx: &mut Cx) -> Result<&mut Vec<Value>> {
    if cx.extension::<State>().handlers.is_empty() {
        let takes_interrupts = cx.extension::<State>().receiver.is_some();
        let default_int = default_int_handler(cx)?;
        let all = (0..COUNT).map(|n| match platform::disposition(n) {
            _ if n == 0 => Value::NONE,
            Ok(Disposition::Default) => Value::int32(DEFAULT),
            Ok(Disposition::Ignore) => Value::int32(IGNORE),
            Ok(Disposition::Handler) if n == libc::SIGINT && takes_interrupts => default_int,
            // The runtime watches for stack overflows; scripts need not know.
            Ok(Disposition::Handler) if n == libc::SIGSEGV || n == libc::SIGBUS => Value::int32(DEFAULT),
            _ => Value::NONE,
        });
        let all = all.collect();
        cx.extension::<State>().handlers = all;
    }
    Ok(&mut cx.extension::<State>().handlers)
}

/// `signal.default_int_handler`.
fn default_int_handler(cx: &mut Cx) -> Result<Value> {
    if let Some(f) = cx.extension::<State>().default_int_handler {
        return Ok(f);
    }
    let f = match module::MODULE.functions.iter().find(|f| f.name == "default_int_handler") {
        Some(f) => {
            let name = cx.intern("_signal").value();
            cx.builtin(f, Some(name)).value()
        }
        None => Value::NONE,
    };
    cx.extension::<State>().default_int_handler = Some(f);
    Ok(f)
}

/// At a poll: calls the handlers of the signals that came, lowest number first. What one raises ends the round; the others
/// are looked at again at the next poll.
fn deliver(cx: &mut Cx) -> Result<()> {
    let Some(receiver) = cx.extension::<State>().receiver.clone() else { return Ok(()) };
    let pausing = std::mem::take(&mut cx.extension::<State>().pausing);
    for token in pausing {
        cx.wake(token, Value::TRUE);
    }
    while let Some(signal) = receiver.take() {
        let done = handle(cx, signal);
        if done.is_err() {
            receiver.look_again();
            return done;
        }
    }
    Ok(())
}

fn handle(cx: &mut Cx, signal: i32) -> Result<()> {
    let state = cx.extension::<State>();
    if state.handlers.is_empty() {
        // The module was never imported: only SIGINT is ours.
        return if signal == libc::SIGINT { Err(cx.keyboard_interrupt()) } else { Ok(()) };
    }
    let handler = state.handlers[signal as usize];
    if handler.is_none() || handler.as_int().is_some() {
        return Ok(());
    }
    // While all wait, where the main greenlet does.
    let frame = gscript_vm::object::frame::frame_object(cx, 0).or_else(|| cx.main_frame()).unwrap_or(Value::NONE);
    cx.call(handler, &[Value::int32(signal), frame]).map(drop)
}

/// A signal number, checked.
fn number(cx: &mut Cx, signal: i32) -> Result<i32> {
    if (1..COUNT).contains(&signal) { Ok(signal) } else { Err(cx.value_error("signal number out of range")) }
}

/// The receiver of signals, or the error that CPython gives outside its main interpreter.
fn receiver(cx: &mut Cx, what: &str) -> Result<Arc<Receiver>> {
    match cx.extension::<State>().receiver.clone() {
        Some(r) => Ok(r),
        None => Err(cx.value_error(format!("{what} only works in main thread of the main interpreter"))),
    }
}

/// The bits of the signals in an iterable.
fn bits(cx: &mut Cx, signals: Value) -> Result<u64> {
    let items = cx.tuple_from_iterable(signals)?;
    let mut bits = 0;
    for &v in items.items() {
        let i = cx.index(v)?;
        match i.as_int() {
            Some(n) if (1..COUNT as i64).contains(&n) => bits |= 1 << (n - 1),
            other => {
                let shown = other.map_or("-1".to_string(), |n| n.to_string());
                return Err(cx.value_error(format!("signal number {shown} out of range [1; 64]")));
            }
        }
    }
    Ok(bits)
}

/// The set of signals with these bits.
fn set_of(cx: &mut Cx, bits: u64) -> Result<Value> {
    let items = cx.list_new();
    for n in (1..COUNT).filter(|n| bits & 1 << (n - 1) != 0) {
        cx.list_push(items, Value::int32(n));
    }
    let class = cx.types.set;
    let set = cx.set_of(class, true);
    cx.set_update_from(set, items.value())?;
    Ok(set.value())
}

/// Names and numbers of signals that have one on this system, in CPython's order of definition.
const NAMES: &[(&str, i32)] = &[
    ("SIGHUP", libc::SIGHUP),
    ("SIGINT", libc::SIGINT),
    ("SIGQUIT", libc::SIGQUIT),
    ("SIGILL", libc::SIGILL),
    ("SIGTRAP", libc::SIGTRAP),
    ("SIGIOT", libc::SIGIOT),
    ("SIGABRT", libc::SIGABRT),
    ("SIGFPE", libc::SIGFPE),
    ("SIGKILL", libc::SIGKILL),
    ("SIGBUS", libc::SIGBUS),
    ("SIGSEGV", libc::SIGSEGV),
    ("SIGSYS", libc::SIGSYS),
    ("SIGPIPE", libc::SIGPIPE),
    ("SIGALRM", libc::SIGALRM),
    ("SIGTERM", libc::SIGTERM),
    ("SIGUSR1", libc::SIGUSR1),
    ("SIGUSR2", libc::SIGUSR2),
    ("SIGCLD", libc::SIGCHLD),
    ("SIGCHLD", libc::SIGCHLD),
    ("SIGPWR", libc::SIGPWR),
    ("SIGIO", libc::SIGIO),
    ("SIGURG", libc::SIGURG),
    ("SIGWINCH", libc::SIGWINCH),
    ("SIGPOLL", libc::SIGPOLL),
    ("SIGSTOP", libc::SIGSTOP),
    ("SIGTSTP", libc::SIGTSTP),
    ("SIGCONT", libc::SIGCONT),
    ("SIGTTIN", libc::SIGTTIN),
    ("SIGTTOU", libc::SIGTTOU),
    ("SIGVTALRM", libc::SIGVTALRM),
    ("SIGPROF", libc::SIGPROF),
    ("SIGXCPU", libc::SIGXCPU),
    ("SIGXFSZ", libc::SIGXFSZ),
    ("SIGSTKFLT", libc::SIGSTKFLT),
];

/// This module provides mechanisms to use signal handlers in Python.
#[module("_signal")]
pub mod module {
    use super::*;

    /// Set the action for the given signal.
    ///
    /// The action can be SIG_DFL, SIG_IGN, or a callable Python object.
    /// The previous action is returned.
    #[function("signalnum, handler, /")]
    fn signal(cx: &mut Cx, signalnum: i32, handler: Value) -> Result<Value> {
        let receiver = receiver(cx, "signal")?;
        let signalnum = number(cx, signalnum)?;
        let is_number = cx.is_instance(handler, cx.types.int);
        let chosen = handler.as_int().filter(|n| is_number && (*n == DEFAULT as i64 || *n == IGNORE as i64));
        if chosen.is_none() && !cx.is_callable(handler) {
            return Err(cx.type_error("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"));
        }
        // What has come already still goes to the old handler.
        cx.check_poll()?;
        let old = handlers(cx)?[signalnum as usize];
        let done = match chosen {
            Some(n) => platform::set_default(signalnum, n == IGNORE as i64),
            None => cx.extension::<State>().installed.install(signalnum, &receiver),
        };
        if let Err(e) = done {
            return Err(cx.io_error(&e, None));
        }
        handlers(cx)?[signalnum as usize] = chosen.map_or(handler, |n| Value::int32(n as i32));
        Ok(old)
    }

    /// Return the current action for the given signal.
    #[function("signalnum, /")]
    fn getsignal(cx: &mut Cx, signalnum: i32) -> Result<Value> {
        let signalnum = number(cx, signalnum)?;
        Ok(handlers(cx)?[signalnum as usize])
    }

    /// The default handler for SIGINT installed by Python.
    ///
    /// It raises KeyboardInterrupt.
    #[function("signalnum, frame, /")]
    fn default_int_handler(cx: &mut Cx, signalnum: i32, frame: Value) -> Result<Value> {
        let _ = (signalnum, frame);
        Err(cx.keyboard_interrupt())
    }

    /// Arrange for SIGALRM to arrive after the given number of seconds.
    #[function("seconds, /")]
    fn alarm(seconds: i32) -> i64 {
        platform::alarm(seconds as u32) as i64
    }

    /// Sets given itimer (one of ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF).
    #[function("which, seconds, interval=0.0, /")]
    fn setitimer(cx: &mut Cx, which: i32, seconds: f64, interval: Option<f64>) -> Result<(f64, f64)> {
        let interval = interval.unwrap_or(0.0);
        if !seconds.is_finite() || !interval.is_finite() {
            return Err(cx.value_error("Invalid value NaN (not a number)"));
        }
        platform::set_timer(which, seconds, interval).map_err(|e| cx.io_error(&e, None))
    }

    /// Returns current value of given itimer.
    #[function("which, /")]
    fn getitimer(cx: &mut Cx, which: i32) -> Result<(f64, f64)> {
        platform::timer(which).map_err(|e| cx.io_error(&e, None))
    }

    /// Wait until a signal arrives. Other greenlets go on.
    #[function("")]
    fn pause(cx: &mut Cx) -> Result<()> {
        cx.check_poll()?;
        let token = cx.begin_wait("a signal")?;
        cx.extension::<State>().pausing.push(token);
        // The timer tells the hub that something can still happen.
        let timer = cx.wake_after(token, 1e9);
        let r = cx.park();
        if let Some(h) = timer {
            cx.cancel_timer(h);
        }
        cx.extension::<State>().pausing.retain(|t| *t != token);
        r.map(drop)
    }

    /// Change system call restart behaviour.
    #[function("signalnum, flag, /")]
    fn siginterrupt(cx: &mut Cx, signalnum: i32, flag: i32) -> Result<()> {
        let signalnum = number(cx, signalnum)?;
        cx.extension::<State>().installed.set_interrupting(signalnum, flag != 0).map_err(|e| cx.io_error(&e, None))
    }

    /// Sets the fd to be written to (with the signal number) when a signal comes in.
    #[function("fd, /, *, warn_on_full_buffer=True")]
    fn set_wakeup_fd(cx: &mut Cx, fd: i32, warn_on_full_buffer: Option<bool>) -> Result<i32> {
        let _ = warn_on_full_buffer;
        let receiver = receiver(cx, "set_wakeup_fd")?;
        if fd != -1 {
            crate::platform::fd::kind(fd).map_err(|e| cx.io_error(&e, None))?;
            if crate::platform::fd::is_blocking(fd).map_err(|e| cx.io_error(&e, None))? {
                return Err(cx.value_error(format!("the fd {fd} must be in non-blocking mode")));
            }
        }
        Ok(receiver.wakeup_fd.swap(fd, Ordering::AcqRel))
    }

    /// Send a signal to the executing process.
    #[function("signalnum, /")]
    fn raise_signal(cx: &mut Cx, signalnum: i32) -> Result<()> {
        platform::raise(signalnum).map_err(|e| cx.io_error(&e, None))?;
        cx.check_poll()
    }

    /// Return the system description of the given signal.
    #[function("signalnum, /")]
    fn strsignal(cx: &mut Cx, signalnum: i32) -> Result<Option<String>> {
        let signalnum = number(cx, signalnum)?;
        Ok(platform::description(signalnum).filter(|t| !t.starts_with("Unknown signal")))
    }

    /// Return a set of valid signal numbers on this platform.
    #[function("")]
    fn valid_signals(cx: &mut Cx) -> Result<Value> {
        set_of(cx, platform::valid())
    }

    /// Fetch and/or change the signal mask of the calling thread.
    #[function("how, mask, /")]
    fn pthread_sigmask(cx: &mut Cx, how: i32, mask: Value) -> Result<Value> {
        let bits = bits(cx, mask)?;
        let old = platform::mask(how, bits).map_err(|e| cx.io_error(&e, None))?;
        cx.check_poll()?;
        set_of(cx, old)
    }

    /// Examine pending signals.
    #[function("")]
    fn sigpending(cx: &mut Cx) -> Result<Value> {
        let bits = platform::blocked().map_err(|e| cx.io_error(&e, None))?;
        set_of(cx, bits)
    }

    #[init]
    fn init(cx: &mut Cx, module: Gc<Module>) -> Result<()> {
        let dict = module.dict.expect();
        let put = |cx: &mut Cx, name: &str, n: i32| cx.dict_set_text(dict, name, Value::int32(n));
        for &(name, n) in NAMES {
            put(cx, name, n);
        }
        let (first, last) = platform::real_time();
        for (name, n) in [
            ("SIGRTMIN", first),
            ("SIGRTMAX", last),
            ("NSIG", COUNT),
            ("SIG_DFL", DEFAULT),
            ("SIG_IGN", IGNORE),
            ("SIG_BLOCK", libc::SIG_BLOCK),
            ("SIG_UNBLOCK", libc::SIG_UNBLOCK),
            ("SIG_SETMASK", libc::SIG_SETMASK),
            ("ITIMER_REAL", 0),
            ("ITIMER_VIRTUAL", 1),
            ("ITIMER_PROF", 2),
        ] {
            put(cx, name, n);
        }
        let default = super::default_int_handler(cx)?;
        cx.dict_set_text(dict, "default_int_handler", default);
        // The table is filled while the actions are still those of the start.
        handlers(cx)?;
        Ok(())
    }
}
