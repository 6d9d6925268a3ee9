//! Descriptors: what is ready, and who waits. The only file that names mio.
//!
//! The order of every operation on a descriptor is: *ready by the flag? → try the system call → it
//! would block? → [`note_would_block`](Poller::note_would_block) → [`wait`](Poller::wait)*. A
//! descriptor is registered once, edge-triggered for everything, the first time somebody waits for
//! it; registering reports what is ready already, so nothing is missed in between.
//!
//! Edges come only when something *changes*. A flag may therefore be cleared only when it is known
//! that nothing is left:
//!
//! - `EAGAIN` says so, always.
//! - A short read says so for TCP, and saves the system call that would bring `EAGAIN`. But not
//!   once a hang-up, an error or urgent data was reported: the edge for the end of the stream
//!   may be the one that brought the data, and reads stop short at the urgent mark. Such reports
//!   set a sticky flag. And not for UNIX sockets, where a read also stops at passed descriptors.
//! - Descriptors whose flags are not ours (0-2 and other inherited ones are never set
//!   non-blocking, as other processes share the setting) cannot say `EAGAIN`: their readiness is
//!   asked for anew before each operation.
//!
//! What a waiter is, is the caller's business: here it is a word that comes back in a [`Wake`].

use std::io;
use std::os::fd::RawFd;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};
use std::time::{Duration, Instant};

use mio::event::{Event, Source};
use mio::unix::SourceFd;
use mio::{Events, Interest, Poll, Token, Waker};
use rustix::event::{PollFd, PollFlags, Timespec};

/// Events taken from the kernel at a time.
const EVENTS: usize = 1024;
/// Tokens are `fd | generation << 32`; this is none of them.
const WAKER: Token = Token(usize::MAX);
const _: () = assert!(usize::BITS == 64, "tokens hold a descriptor and a generation");

/// What kind of descriptor it is, as far as readiness goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FdKind {
    /// A connected TCP socket, non-blocking: short reads tell that nothing is left.
    TcpStream,
    /// Anything else that is non-blocking: other sockets, pipes, terminals opened by us.
    Other,
    /// Its flags are not ours to change, so it may be blocking.
    Inherited,
}

/// One use of a descriptor number, from [`Poller::open`] to [`Poller::close`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FdKey {
    fd: RawFd,
    generation: u32,
}

/// What to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Data, a connection to accept, or the end of the stream.
    Read,
    /// Room to write, or the end of a connection attempt.
    Write,
}

/// Somebody whose wait is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    /// The word given to [`Poller::wait`].
    pub waiter: u64,
    /// Why.
    pub outcome: Outcome,
}

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The operation is worth a try. It may still block: readiness is a hint.
    Ready,
    /// The descriptor was closed by somebody else.
    Closed,
}

/// Answer to a request to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// The word is stored and will come back in a [`Wake`].
    Parked,
    /// No need to wait: ready already, or of a kind that never blocks (regular files).
    Ready,
}

/// Why waiting is impossible.
#[derive(Debug)]
pub enum WaitError {
    /// Somebody waits for this direction already.
    Busy,
    /// The key is of a descriptor closed since.
    Closed,
    /// The kernel refuses the descriptor.
    Io(io::Error),
}

/// What a poll brought besides wakes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polled {
    /// Other threads have called [`WakeHandle::wake`]: look at their queues now.
    pub is_woken: bool,
    /// A signal came before anything else.
    pub is_interrupted: bool,
    /// Events of descriptors, waited for or not.
    pub events: usize,
}

/// Readiness of all descriptors of one hub.
#[derive(Debug)]
pub struct Poller {
    poll: Poll,
    events: Events,
    wake: WakeHandle,
    /// By descriptor number, which the kernel keeps small.
    fds: Vec<FdState>,
    waiters: usize,
}

/// Ends a [`Poller::poll`] from any thread.
#[derive(Clone, Debug)]
pub struct WakeHandle {
    shared: Arc<WakeShared>,
}

#[derive(Debug)]
struct WakeShared {
    /// Set by the first wake of a burst; the others need no system call.
    is_pending: AtomicBool,
    waker: Waker,
}

#[derive(Clone, Copy, Debug)]
struct FdState {
    generation: u32,
    kind: FdKind,
    is_open: bool,
    registration: Registration,
    is_readable: bool,
    is_writable: bool,
    /// End of stream, hang-up, error or urgent data was reported.
    is_hung_up: bool,
    reader: Option<u64>,
    writer: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Registration {
    /// Nobody has waited yet.
    None,
    Epoll,
    /// The kernel has no readiness for it (`EPERM`): it never blocks.
    AlwaysReady,
}

impl Poller {
    /// A poller without descriptors.
    pub fn new() -> io::Result<Poller> {
        let poll = Poll::new()?;
        let wake = WakeHandle::new(&poll)?;
        Ok(Poller { poll, events: Events::with_capacity(EVENTS), wake, fds: Vec::new(), waiters: 0 })
    }

    /// Begins the use of a descriptor; no system call. If the number is in use already, its
    /// descriptor was closed behind our back, and those who waited for it go to `wakes`.
    pub fn open(&mut self, fd: RawFd, kind: FdKind, wakes: &mut Vec<Wake>) -> io::Result<FdKey> {
        let index = usize::try_from(fd).map_err(|_| io::ErrorKind::InvalidInput)?;
        if index >= self.fds.len() {
            self.fds.resize(index + 1, FdState::CLOSED);
        }
        if self.fds[index].is_open {
            self.forget(index, wakes);
        }
        let state = &mut self.fds[index];
        let generation = state.generation;
        // What is non-blocking is tried first. What may block must be asked about.
        let is_tried_first = kind != FdKind::Inherited;
        *state = FdState { generation, kind, is_open: true, is_readable: is_tried_first, is_writable: is_tried_first, ..FdState::CLOSED };
        Ok(FdKey { fd, generation })
    }

    /// Ends the use of a descriptor. To be called *before* it is closed; those who wait for it go
    /// to `wakes`. A key already closed is ignored.
    pub fn close(&mut self, key: FdKey, wakes: &mut Vec<Wake>) {
        let Some(state) = self.state(key) else { return };
        if state.registration == Registration::Epoll {
            // Fails if the descriptor is closed already: then it is out of the kernel's list, too,
            // unless a duplicate keeps it there, whose events the generation makes harmless.
            let _ = SourceFd(&key.fd).deregister(self.poll.registry());
        }
        self.forget(key.fd as usize, wakes);
    }

    /// Whether the operation is worth a try without waiting. Never for an inherited descriptor
    /// that may block: wait, then do one operation.
    #[inline]
    pub fn is_ready(&self, key: FdKey, direction: Direction) -> bool {
        self.state(key).is_some_and(|state| state.is_ready(direction))
    }

    /// Whether end of stream, hang-up, error or urgent data was reported at any time.
    pub fn is_hung_up(&self, key: FdKey) -> bool {
        self.state(key).is_some_and(|state| state.is_hung_up)
    }

    /// Stores `waiter` to be woken when the operation is worth a try.
    pub fn wait(&mut self, key: FdKey, direction: Direction, waiter: u64) -> Result<Wait, WaitError> {
        let state = self.state_mut(key).ok_or(WaitError::Closed)?;
        if state.waiter(direction).is_some() {
            return Err(WaitError::Busy);
        }
        if state.is_ready(direction) {
            return Ok(Wait::Ready);
        }
        let (registration, kind) = (state.registration, state.kind);
        match registration {
            Registration::None => match self.register(key) {
                Ok(()) => self.fds[key.fd as usize].registration = Registration::Epoll,
                Err(refusal) if refusal.kind() == io::ErrorKind::PermissionDenied => {
                    self.fds[key.fd as usize].registration = Registration::AlwaysReady;
                    return Ok(Wait::Ready);
                }
                Err(refusal) => return Err(WaitError::Io(refusal)),
            },
            // Has the kernel look again and report what is ready now as a new edge.
            Registration::Epoll if kind == FdKind::Inherited => {
                SourceFd(&key.fd).reregister(self.poll.registry(), token(key), interests()).map_err(WaitError::Io)?
            }
            Registration::Epoll | Registration::AlwaysReady => {}
        }
        *self.fds[key.fd as usize].waiter(direction) = Some(waiter);
        self.waiters += 1;
        Ok(Wait::Parked)
    }

    /// Takes a waiter back whose wait ended otherwise; whether it was still there.
    pub fn cancel(&mut self, key: FdKey, direction: Direction, waiter: u64) -> bool {
        let Some(state) = self.state_mut(key) else {
            return false;
        };
        let place = state.waiter(direction);
        let is_there = *place == Some(waiter);
        if is_there {
            *place = None;
            self.waiters -= 1;
        }
        is_there
    }

    /// The operation answered `EAGAIN`: nothing is left until the next edge.
    #[inline]
    pub fn note_would_block(&mut self, key: FdKey, direction: Direction) {
        if let Some(state) = self.state_mut(key) {
            match direction {
                Direction::Read => state.is_readable = false,
                Direction::Write => state.is_writable = false,
            }
        }
    }

    /// A read (not a peek) brought less than asked for, but something. Where that tells that
    /// nothing is left, the next read waits without trying.
    #[inline]
    pub fn note_short_read(&mut self, key: FdKey) {
        if let Some(state) = self.state_mut(key)
            && state.kind == FdKind::TcpStream
            && !state.is_hung_up
        {
            state.is_readable = false;
        }
    }

    /// Waits for events for at most `timeout` (`None`: until something comes) and appends those
    /// whose wait is over to `wakes`. Does not return early without a reason given in [`Polled`].
    pub fn poll(&mut self, timeout: Option<Duration>, wakes: &mut Vec<Wake>) -> io::Result<Polled> {
        let mut polled = Polled::default();
        match self.select(timeout) {
            Ok(()) => {}
            Err(interrupt) if interrupt.kind() == io::ErrorKind::Interrupted => {
                polled.is_interrupted = true;
                self.events.clear();
            }
            Err(error) => return Err(error),
        }
        for event in &self.events {
            if event.token() == WAKER {
                continue;
            }
            polled.events += 1;
            let index = event.token().0 as u32 as usize;
            let generation = (event.token().0 >> 32) as u32;
            let Some(state) = self.fds.get_mut(index) else {
                continue;
            };
            // An event of a descriptor that was closed after the kernel had queued it.
            if !state.is_open || state.generation != generation {
                continue;
            }
            self.waiters -= state.apply(event, wakes);
        }
        polled.is_woken = self.take_woken();
        Ok(polled)
    }

    /// Whether other threads called [`WakeHandle::wake`] since the last time; for loops too busy
    /// to poll. After `true` look at *all* that those threads may have left: later wakes of the
    /// same burst are not told again, and what they left is visible now.
    #[inline]
    pub fn take_woken(&self) -> bool {
        let is_pending = &self.wake.shared.is_pending;
        // First the flag, then the queues: the other order loses what comes in between. A swap,
        // not a store, so that we see all that happened before the wake that set the flag.
        is_pending.load(Ordering::Relaxed) && is_pending.swap(false, Ordering::AcqRel)
    }

    /// What other threads end a poll with.
    pub fn wake_handle(&self) -> WakeHandle {
        self.wake.clone()
    }

    /// How many waiters are stored.
    #[inline]
    pub fn waiting(&self) -> usize {
        self.waiters
    }

    /// Words of all waiters.
    pub fn waiters(&self) -> impl Iterator<Item = u64> + '_ {
        let states = self.fds.iter();
        states.flat_map(|state| state.reader.into_iter().chain(state.writer))
    }

    /// In the child after a fork: the kernel object behind the poller is shared with the parent
    /// until it is replaced. All descriptors and waiters stay, but those of descriptors which the
    /// fork closed, which go to `wakes`; wake handles must be fetched anew.
    pub fn reset_after_fork(&mut self, wakes: &mut Vec<Wake>) -> io::Result<()> {
        let poll = Poll::new()?;
        self.wake = WakeHandle::new(&poll)?;
        // Dropping the old one closes our reference and leaves the parent's registrations alone.
        self.poll = poll;
        for index in 0..self.fds.len() {
            let state = self.fds[index];
            if !state.is_open || state.registration != Registration::Epoll {
                continue;
            }
            let key = FdKey { fd: index as RawFd, generation: state.generation };
            if self.register(key).is_err() {
                self.forget(index, wakes);
            }
        }
        Ok(())
    }

    fn register(&self, key: FdKey) -> io::Result<()> {
        let registry = self.poll.registry();
        match SourceFd(&key.fd).register(registry, token(key), interests()) {
            // The same open file was registered under this number before and never deregistered.
            Err(refusal) if refusal.kind() == io::ErrorKind::AlreadyExists => SourceFd(&key.fd).reregister(registry, token(key), interests()),
            result => result,
        }
    }

    /// Fills `events`. mio's timeouts are whole milliseconds, rounded up; sleeps are not. So the
    /// whole milliseconds are waited for there and the rest in `ppoll`, on the epoll descriptor.
    fn select(&mut self, timeout: Option<Duration>) -> io::Result<()> {
        let Some(timeout) = timeout else {
            return self.poll.poll(&mut self.events, None);
        };
        let start = Instant::now();
        let whole = Duration::from_millis(u64::try_from(timeout.as_millis()).unwrap_or(u64::MAX));
        if timeout.is_zero() || !whole.is_zero() {
            self.poll.poll(&mut self.events, Some(whole))?;
            if !self.events.is_empty() {
                return Ok(());
            }
        }
        let rest = timeout.saturating_sub(start.elapsed());
        if rest.is_zero() {
            self.events.clear();
            return Ok(());
        }
        let rest = Timespec { tv_sec: rest.as_secs().try_into().unwrap_or(i64::MAX), tv_nsec: rest.subsec_nanos().into() };
        let mut epoll = [PollFd::new(self.poll.registry(), PollFlags::IN)];
        let ready = rustix::event::poll(&mut epoll, Some(&rest))?;
        if ready == 0 {
            self.events.clear();
            return Ok(());
        }
        self.poll.poll(&mut self.events, Some(Duration::ZERO))
    }

    /// Makes the key stale and wakes who waited.
    fn forget(&mut self, index: usize, wakes: &mut Vec<Wake>) {
        let state = &mut self.fds[index];
        for waiter in [state.reader.take(), state.writer.take()] {
            let Some(waiter) = waiter else { continue };
            self.waiters -= 1;
            let outcome = Outcome::Closed;
            wakes.push(Wake { waiter, outcome });
        }
        let generation = state.generation.wrapping_add(1);
        *state = FdState { generation, ..FdState::CLOSED };
    }

    #[inline]
    fn state(&self, key: FdKey) -> Option<&FdState> {
        let state = self.fds.get(key.fd as usize)?;
        (state.is_open && state.generation == key.generation).then_some(state)
    }

    #[inline]
    fn state_mut(&mut self, key: FdKey) -> Option<&mut FdState> {
        let state = self.fds.get_mut(key.fd as usize)?;
        (state.is_open && state.generation == key.generation).then_some(state)
    }
}

impl FdKey {
    /// The descriptor's number.
    pub fn fd(self) -> RawFd {
        self.fd
    }
}

impl WakeHandle {
    fn new(poll: &Poll) -> io::Result<WakeHandle> {
        let waker = Waker::new(poll.registry(), WAKER)?;
        let is_pending = AtomicBool::new(false);
        let shared = Arc::new(WakeShared { is_pending, waker });
        Ok(WakeHandle { shared })
    }

    /// Ends the poll under way, or the next one. To be called after what the hub should see is in
    /// place. Only the first call of a burst costs a system call.
    pub fn wake(&self) {
        if !self.shared.is_pending.swap(true, Ordering::AcqRel) {
            // Cannot fail: the counter behind it is reset when full, and we hold it open.
            let _ = self.shared.waker.wake();
        }
    }
}

/// Where signal handlers and other threads find the wake handle of a hub that may not have a poller yet.
#[derive(Debug, Default)]
pub struct WakeCell {
    handle: RwLock<Option<WakeHandle>>,
}

impl WakeCell {
    /// Ends the poll under way, or the next one, if there is a poller. Never waits: signal handlers may call it. A
    /// handle that is being replaced just now is left alone: who replaces it is awake.
    pub fn wake(&self) {
        if let Ok(handle) = self.handle.try_read()
            && let Some(handle) = handle.as_ref()
        {
            handle.wake();
        }
    }

    /// Makes the handle known.
    pub(super) fn set(&self, handle: WakeHandle) {
        *self.handle.write().unwrap_or_else(|poisoned| poisoned.into_inner()) = Some(handle);
    }
}

impl FdState {
    const CLOSED: FdState = FdState {
        generation: 0,
        kind: FdKind::Other,
        is_open: false,
        registration: Registration::None,
        is_readable: false,
        is_writable: false,
        is_hung_up: false,
        reader: None,
        writer: None,
    };

    #[inline]
    fn is_ready(&self, direction: Direction) -> bool {
        let is_ready = match direction {
            Direction::Read => self.is_readable,
            Direction::Write => self.is_writable,
        };
        is_ready || self.registration == Registration::AlwaysReady
    }

    #[inline]
    fn waiter(&mut self, direction: Direction) -> &mut Option<u64> {
        match direction {
            Direction::Read => &mut self.reader,
            Direction::Write => &mut self.writer,
        }
    }

    /// Takes an event in and moves who waited for it to `wakes`; how many.
    fn apply(&mut self, event: &Event, wakes: &mut Vec<Wake>) -> usize {
        // mio's names: "read closed" is RDHUP (the kernel never reports it without IN) or HUP,
        // "write closed" is HUP or some cases of ERR, "readable" includes PRI.
        let is_broken = event.is_error() || event.is_write_closed();
        let is_readable = event.is_readable() || event.is_read_closed() || is_broken;
        let is_writable = event.is_writable() || is_broken;
        self.is_hung_up |= is_broken || event.is_read_closed() || event.is_priority();
        let is_asked_anew = self.kind == FdKind::Inherited;
        self.is_readable |= is_readable && !is_asked_anew;
        self.is_writable |= is_writable && !is_asked_anew;
        let mut woken = 0;
        let ends = [(is_readable, &mut self.reader), (is_writable, &mut self.writer)];
        for (is_ready, waiter) in ends {
            if is_ready && let Some(waiter) = waiter.take() {
                let outcome = Outcome::Ready;
                wakes.push(Wake { waiter, outcome });
                woken += 1;
            }
        }
        woken
    }
}

fn token(key: FdKey) -> Token {
    Token(key.fd as usize | (key.generation as usize) << 32)
}

fn interests() -> Interest {
    Interest::READABLE | Interest::WRITABLE | Interest::PRIORITY
}

#[cfg(test)]
mod tests;
