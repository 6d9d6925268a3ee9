//! Limits of a machine: how much memory, how many greenlets, how long, how many steps; and stopping it from outside.
//!
//! All of them end a script in the same way. Whoever notices calls [`Cx::exceed`], which sets a bit of the poll word. The next
//! poll (back edges, calls, steps of built-in loops) raises `LimitExceeded` and from then on `is_ending` holds: no handler
//! catches it, no `finally` runs, each further poll and each wait raises again. A greenlet that is not the main one ends; the
//! hub then unwinds the main one, without letting others run. When [`Cx::run_main`] is left, everything is as before and the
//! machine can be entered again: what was parked is still parked.
//!
//! What it costs: the heap limit is compared where a block or a large object is taken; the deadline is a bit set by a thread
//! (`watchdog.rs`); fuel is a bit that stays set, so that each poll takes the slow path and counts. Machines without fuel pay
//! nothing.

mod bigint;
mod watchdog;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::extension::Extension;
use crate::green::poller::WakeHandle;
use crate::heap::header::Kind;
use crate::heap::mark::Marker;
use crate::object::class::{HAS_ATTRIBUTE_WORD, HAS_DICT, IS_EXCEPTION, Type};
use crate::value::Gc;
use crate::vm::{Cx, Raised, Result, poll};

/// What a machine may use; `None`: as much as there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the heap, and of what its objects own outside. Checked where memory is taken from the system, so that a
    /// script may be a few hundred kilobytes over it.
    pub heap_bytes: Option<usize>,
    /// Greenlets that were started and have not ended, without the main one.
    pub greenlets: Option<usize>,
    /// Time from each entry of the host to its end.
    pub deadline: Option<Duration>,
    /// Steps: each turn of a loop and each call of a script function takes one.
    pub fuel: Option<u64>,
}

/// Why a script was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    Heap,
    Greenlets,
    Deadline,
    Fuel,
    /// [`InterruptHandle::interrupt`].
    Interrupted,
    /// The system has no more memory.
    Memory,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Limit::Heap => "heap limit exceeded",
            Limit::Greenlets => "too many open greenlets",
            Limit::Deadline => "deadline exceeded",
            Limit::Fuel => "out of fuel",
            Limit::Interrupted => "interrupted by the host",
            Limit::Memory => "out of memory",
        })
    }
}

/// The limits of a machine and what is left of them.
pub(crate) struct Budget {
    pub limits: Limits,
    /// `usize::MAX`: no limit.
    pub heap_max: usize,
    pub greenlets_max: usize,
    fuel: u64,
    ends_at: Option<Instant>,
    /// The first limit that was hit since the host entered.
    hit: Option<Limit>,
    alarm: Option<watchdog::Alarm>,
}

impl Budget {
    pub fn new(limits: Limits) -> Budget {
        Budget {
            limits,
            heap_max: limits.heap_bytes.unwrap_or(usize::MAX),
            greenlets_max: limits.greenlets.unwrap_or(usize::MAX),
            fuel: limits.fuel.unwrap_or(0),
            ends_at: None,
            hit: None,
            alarm: None,
        }
    }
}

/// Ends what a machine runs, from any thread.
#[derive(Clone, Debug)]
pub struct InterruptHandle {
    poll: Arc<AtomicU32>,
    wake: WakeHandle,
}

impl InterruptHandle {
    /// The script that runs, or the next one if none does, ends as soon as possible: with an error that it cannot catch.
    pub fn interrupt(&self) {
        self.poll.fetch_or(poll::STOP, Ordering::Relaxed);
        self.wake.wake();
    }
}

#[derive(Default)]
struct LimitClass {
    class: Option<Gc<Type>>,
}

impl Extension for LimitClass {
    fn trace(&self, m: &mut Marker<'_>) {
        if let Some(c) = self.class {
            m.object(c);
        }
    }
}

impl Cx {
    /// The host enters: time begins to run.
    pub(crate) fn begin_entry(&mut self) {
        self.is_ending = false;
        let word = self.poll.clone();
        let budget = &mut self.budget;
        budget.hit = None;
        budget.ends_at = budget.limits.deadline.and_then(|d| Instant::now().checked_add(d));
        budget.alarm = budget.ends_at.map(|at| watchdog::Alarm::set(at, word));
        crate::text::set_room(self.budget.heap_max);
        let has_fuel = self.budget.limits.fuel.is_some();
        self.poll.fetch_and(!poll::LIMIT, Ordering::Relaxed);
        if has_fuel {
            self.poll.fetch_or(poll::FUEL, Ordering::Relaxed);
        } else {
            self.poll.fetch_and(!poll::FUEL, Ordering::Relaxed);
        }
        self.give_grace();
    }

    /// A script that was ended by the heap limit may have left the heap full: the next entry gets a sixteenth of the limit on
    /// top, so that the host can do something about it.
    fn give_grace(&mut self) {
        let max = self.budget.limits.heap_bytes.unwrap_or(usize::MAX);
        self.budget.heap_max = max;
        if self.heap.bytes_in_use() <= max - max / 8 {
            return;
        }
        self.collect(true);
        let used = self.heap.bytes_in_use();
        if used > max - max / 8 {
            // What `over_heap_limit` holds back is added.
            self.budget.heap_max = (used + max / 16 + (64 << 10)) / 15 * 16;
        }
    }

    /// The host is about to be left.
    pub(crate) fn end_entry(&mut self) {
        self.is_ending = false;
        self.budget.alarm = None;
        self.budget.ends_at = None;
        crate::text::set_room(usize::MAX);
        self.poll.fetch_and(!(poll::LIMIT | poll::ALARM | poll::STOP | poll::FUEL), Ordering::Relaxed);
    }

    /// The limit that ended the last entry, if one did.
    pub fn limit_hit(&self) -> Option<Limit> {
        self.budget.hit
    }

    /// Whether the exception on its way is that of a limit, or any that follows.
    pub fn is_ending(&self) -> bool {
        self.is_ending
    }

    /// Raises again what ends the script, in code that got it as an error of another kind.
    pub fn raise_limit(&mut self) -> Raised {
        self.limit_error()
    }

    /// Fails when a limit was exceeded, whatever has become of the exception.
    pub fn check_limits(&mut self) -> Result<()> {
        if self.is_ending || self.poll_now() & poll::LIMIT != 0 { Err(self.limit_error()) } else { Ok(()) }
    }

    /// The limits in force.
    pub fn limits(&self) -> Limits {
        self.budget.limits
    }

    /// Sets the limits. Time counts from the next entry, fuel from now.
    pub fn set_limits(&mut self, limits: Limits) {
        let ends_at = self.budget.ends_at;
        let alarm = self.budget.alarm.take();
        let hit = self.budget.hit;
        self.budget = Budget { ends_at, hit, alarm, ..Budget::new(limits) };
    }

    /// Steps left, if they are counted.
    pub fn fuel_left(&self) -> Option<u64> {
        self.budget.limits.fuel.map(|_| self.budget.fuel)
    }

    /// Time left until the deadline.
    pub(crate) fn time_left(&self) -> Option<Duration> {
        self.budget.ends_at.map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// A limit is exceeded: the script ends at the next poll.
    #[cold]
    pub(crate) fn exceed(&mut self, limit: Limit) {
        self.budget.hit.get_or_insert(limit);
        self.poll.fetch_or(poll::LIMIT, Ordering::Relaxed);
    }

    /// At a poll: looks at what has to do with limits. The exception that nothing catches.
    #[cold]
    pub(crate) fn check_budget(&mut self, bits: u32) -> Result<()> {
        if bits & poll::FUEL != 0 {
            match self.budget.fuel.checked_sub(1) {
                Some(left) => self.budget.fuel = left,
                None => self.exceed(Limit::Fuel),
            }
        }
        if bits & poll::STOP != 0 {
            self.poll.fetch_and(!poll::STOP, Ordering::Relaxed);
            self.exceed(Limit::Interrupted);
        }
        if bits & poll::ALARM != 0 {
            self.poll.fetch_and(!poll::ALARM, Ordering::Relaxed);
            // An alarm of an earlier entry may come late.
            self.check_deadline();
        }
        if self.poll_now() & poll::LIMIT != 0 { Err(self.limit_error()) } else { Ok(()) }
    }

    /// Notes when the time is up.
    pub(crate) fn check_deadline(&mut self) {
        if self.budget.ends_at.is_some_and(|at| at <= Instant::now()) {
            self.exceed(Limit::Deadline);
        }
    }

    /// From here on the script is being ended.
    pub(crate) fn limit_error(&mut self) -> Raised {
        self.is_ending = true;
        let limit = self.budget.hit.unwrap_or(Limit::Memory);
        let class = self.limit_class();
        let shown = match (limit, self.budget.limits) {
            (Limit::Heap, Limits { heap_bytes: Some(n), .. }) => format!("heap limit of {n} bytes exceeded"),
            (Limit::Greenlets, Limits { greenlets: Some(n), .. }) => format!("more than {n} open greenlets"),
            (Limit::Deadline, Limits { deadline: Some(d), .. }) => format!("deadline of {} s exceeded", d.as_secs_f64()),
            (limit, _) => limit.to_string(),
        };
        let text = self.str(&shown).value();
        let args = self.tuple(&[text]);
        let e = self.exception_of(class, args).value();
        self.reraise(e)
    }

    /// `LimitExceeded`, which scripts cannot name.
    fn limit_class(&mut self) -> Gc<Type> {
        if let Some(c) = self.extension::<LimitClass>().class {
            return c;
        }
        let base = self.types.base_exception;
        let flags = IS_EXCEPTION | HAS_DICT | HAS_ATTRIBUTE_WORD;
        let class = self.new_builtin_class("gscript", "LimitExceeded", Kind::Exception, base, flags, None);
        self.extension::<LimitClass>().class = Some(class);
        class
    }

    /// Whether an operation that takes long should be done in pieces, so that it can be stopped.
    pub fn is_stoppable(&self) -> bool {
        self.budget.alarm.is_some() || self.budget.limits.fuel.is_some() || self.has_interrupt_handle
    }

    /// Collects when the heap is over its limit; still over it: the script ends.
    #[cold]
    #[inline(never)]
    pub(crate) fn over_heap_limit(&mut self, more: usize) {
        if self.poll_now() & poll::LIMIT != 0 {
            return;
        }
        self.collect(true);
        // A little less than the limit: otherwise each allocation near it would collect again.
        let max = self.budget.heap_max;
        if self.heap.bytes_in_use().saturating_add(more) > max - max / 16 {
            self.exceed(Limit::Heap);
        }
    }

    /// Whether a large object of this size may be made. One that goes beyond the limit ends the script; it is made
    /// nevertheless while it is not larger than the limit itself, so that what runs until the next poll works.
    #[inline]
    pub(crate) fn admits(&mut self, size: usize) -> bool {
        if self.heap.bytes_in_use().saturating_add(size) <= self.budget.heap_max {
            return true;
        }
        self.over_heap_limit(size);
        size <= self.budget.heap_max
    }

    /// The system gives no more memory: what is garbage is used again, else the script ends.
    #[cold]
    #[inline(never)]
    pub(crate) fn memory_exhausted(&mut self) {
        if self.poll_now() & poll::LIMIT != 0 {
            return;
        }
        self.collect(true);
        if !self.heap.has_free_blocks() {
            self.exceed(Limit::Memory);
        }
    }

    /// To be asked before something large is made: MemoryError when there is not so much memory, the end of the script when it
    /// is above the heap limit.
    pub fn check_room(&mut self, bytes: usize) -> Result<()> {
        if bytes <= ROOM_UNASKED && self.budget.heap_max == usize::MAX { Ok(()) } else { self.check_room_slow(bytes) }
    }

    #[cold]
    fn check_room_slow(&mut self, bytes: usize) -> Result<()> {
        if self.heap.bytes_in_use().saturating_add(bytes) > self.budget.heap_max {
            self.over_heap_limit(bytes);
            self.check_poll()?;
        }
        if bytes > ROOM_UNASKED {
            // Asks the system, which lends addresses and no memory yet.
            let mut probe: Vec<u8> = Vec::new();
            if probe.try_reserve_exact(bytes).is_err() {
                return Err(self.memory_error(""));
            }
        }
        Ok(())
    }

    /// To be asked before `more` bytes are appended to text or bytes that are being built, as [`Cx::check_room`].
    #[inline]
    pub fn check_growth(&mut self, out: &Vec<u8>, more: usize) -> Result<()> {
        if out.capacity() - out.len() >= more || (out.len() + more <= ROOM_UNASKED && self.budget.heap_max == usize::MAX) {
            return Ok(());
        }
        self.check_room((out.len() + more).saturating_mul(2))
    }

    /// What another thread ends this machine's script with. OSError.
    pub fn interrupt_handle(&mut self) -> Result<InterruptHandle> {
        let wake = self.poller()?.wake_handle();
        self.has_interrupt_handle = true;
        Ok(InterruptHandle { poll: self.poll.clone(), wake })
    }
}

/// Allocations up to here are made without asking whether there is so much memory.
const ROOM_UNASKED: usize = 32 << 20;
