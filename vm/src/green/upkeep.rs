//! What the hub does for the memory of the process besides its work: after a burst, when all has been quiet for a moment,
//! garbage is collected and what nobody uses goes back to the system.

use std::time::Duration;

use super::hub::Hub;
use super::stack::KEEP_WARM;
use crate::heap::conservative::wipe_dead_frames;
use crate::vm::Cx;

/// So long nothing happens before the hub takes the time for it.
const QUIET: Duration = Duration::from_millis(100);
/// Not twice within so many nanoseconds, ...
const PAUSE: u64 = 500_000_000;
/// ... nor within so many times of what it took.
const SHARE: u64 = 20;
/// What is worth the trouble, in bytes.
const WORTH: usize = 4 << 20;
/// How often stacks age, in nanoseconds.
const AGE: u64 = 1_000_000_000;

/// When memory was last looked after.
#[derive(Default)]
pub(super) struct Upkeep {
    aged_at: u64,
    /// Not before this time again.
    next: u64,
    /// A wait of [`QUIET`] has just passed without any event.
    is_quiet: bool,
    /// Bytes that scripts had allocated when it was last done.
    allocated: u64,
}

impl Upkeep {
    /// Notes how a wait ended that was shortened.
    pub fn waited(&mut self, is_quiet: bool) {
        self.is_quiet = is_quiet;
    }
}

impl Hub {
    /// At each turn, with the time.
    #[inline]
    pub(super) fn age(&mut self, now: u64) {
        if now.saturating_sub(self.upkeep.aged_at) > AGE {
            self.upkeep.aged_at = now;
            self.pool.age();
        }
    }
}

impl Cx {
    /// Before the hub waits: how long it is to wait at first, `None` when something was done instead.
    pub(super) fn before_waiting(&mut self, timeout: Option<Duration>) -> Option<Option<Duration>> {
        let is_quiet = std::mem::take(&mut self.hub.upkeep.is_quiet);
        if timeout.is_some_and(|t| t <= QUIET) || !self.has_surplus() {
            return Some(timeout);
        }
        let pause = self.hub.clock.until(self.hub.upkeep.next).max(QUIET);
        if is_quiet && pause == QUIET {
            wipe_dead_frames();
            self.give_back();
            return None;
        }
        Some(Some(timeout.map_or(pause, |t| t.min(pause))))
    }

    fn has_surplus(&self) -> bool {
        let allocated = self.heap.allocated().saturating_sub(self.hub.upkeep.allocated);
        allocated as usize > WORTH || self.hub.pool.warm() > 2 * KEEP_WARM
    }

    #[inline(never)]
    fn give_back(&mut self) {
        let began = self.hub.clock.now_ns();
        self.collect(true);
        self.heap.release_free_blocks(0);
        self.hub.pool.trim(KEEP_WARM);
        self.hub.shrink();
        give_back_of_malloc();
        let now = self.hub.clock.now_ns();
        let allocated = self.heap.allocated();
        let upkeep = &mut self.hub.upkeep;
        upkeep.allocated = allocated;
        upkeep.next = now + PAUSE.max((now - began).saturating_mul(SHARE));
    }
}

/// What the C library keeps for later.
#[allow(unsafe_code)]
fn give_back_of_malloc() {
    // SAFETY: may be called at any time.
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    unsafe {
        libc::malloc_trim(1 << 20);
    }
}
