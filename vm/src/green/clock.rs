//! The hub's clock: the machine's, or a virtual one that jumps.
//!
//! Under the virtual clock no time passes while programs run; when all of them wait, the clock
//! jumps to the next deadline. A program with hours of sleeps then ends at once and does the same
//! each time. It must not jump while something real is under way: see [`Clock::when_idle`].
//!
//! Times are nanoseconds since a start that is the same for all clocks of the real kind (the
//! machine's monotonic clock).

use std::time::{Duration, SystemTime};

use rustix::time::{ClockId, clock_gettime};

/// How long a virtual clock waits for descriptors before it takes them to be quiet.
pub const QUIET: Duration = Duration::from_millis(5);

/// A clock, with the time of the current turn of the loop.
#[derive(Clone, Debug)]
pub struct Clock {
    source: Source,
    loop_time: u64,
}

/// Where time comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    Real,
    Virtual {
        now: u64,
        /// Nanoseconds since 1970 when `now` is 0.
        epoch: u64,
    },
}

/// What keeps the outside world from being quiet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pending {
    /// Jobs given to other threads whose results are still to come.
    pub jobs: usize,
    /// Descriptors waited for.
    pub descriptors: usize,
    /// Whether a poll of [`QUIET`] has just brought nothing.
    pub was_quiet: bool,
}

/// What a hub with nothing ready does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Poll for at most that long, `None` for as long as it takes.
    Poll(Option<Duration>),
    /// Set the clock to this time; timers are due then.
    Jump(u64),
}

impl Clock {
    /// The machine's clock.
    pub fn real() -> Clock {
        let mut clock = Clock { source: Source::Real, loop_time: 0 };
        clock.refresh();
        clock
    }

    /// A clock that moves only by [`advance_to`](Self::advance_to). It starts at one second, at
    /// the present date.
    pub fn virtual_clock() -> Clock {
        let start = 1_000_000_000;
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, nanoseconds);
        Clock { source: Source::Virtual { now: start, epoch: since_1970.saturating_sub(start) }, loop_time: start }
    }

    /// Whether time only jumps.
    pub fn is_virtual(&self) -> bool {
        matches!(self.source, Source::Virtual { .. })
    }

    /// The time now.
    #[inline]
    pub fn now_ns(&self) -> u64 {
        match self.source {
            Source::Real => {
                let now = clock_gettime(ClockId::Monotonic);
                now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64
            }
            Source::Virtual { now, .. } => now,
        }
    }

    /// Nanoseconds since 1970 now.
    pub fn wall_ns(&self) -> u64 {
        match self.source {
            Source::Real => {
                let now = clock_gettime(ClockId::Realtime);
                (now.tv_sec.max(0) as u64) * 1_000_000_000 + now.tv_nsec as u64
            }
            Source::Virtual { now, epoch } => epoch.saturating_add(now),
        }
    }

    /// The time when this turn of the loop began. Sleeps and timeouts count from
    /// [`now_ns`](Self::now_ns) instead: after long computation this one is old.
    #[inline]
    pub fn loop_time(&self) -> u64 {
        self.loop_time
    }

    /// Begins a turn: reads the clock and remembers the time.
    #[inline]
    pub fn refresh(&mut self) -> u64 {
        self.loop_time = self.now_ns();
        self.loop_time
    }

    /// Moves a virtual clock forwards (never back); a real one is only read again.
    pub fn advance_to(&mut self, deadline: u64) {
        if let Source::Virtual { now, .. } = &mut self.source {
            *now = deadline.max(*now);
        }
        self.refresh();
    }

    /// What to do when nothing is ready and the earliest timer is at `deadline`.
    pub fn when_idle(&self, deadline: Option<u64>, pending: Pending) -> Idle {
        match deadline {
            None => Idle::Poll(None),
            Some(deadline) if !self.is_virtual() => Idle::Poll(Some(self.until(deadline))),
            // A job of unknown length: its result comes before any timer.
            Some(_) if pending.jobs > 0 => Idle::Poll(None),
            Some(_) if pending.descriptors > 0 && !pending.was_quiet => Idle::Poll(Some(QUIET)),
            Some(deadline) => Idle::Jump(deadline),
        }
    }

    /// From now to `deadline`; zero if that has passed.
    pub fn until(&self, deadline: u64) -> Duration {
        Duration::from_nanos(deadline.saturating_sub(self.now_ns()))
    }

    /// The time so many seconds, at least 0, from now.
    #[inline]
    pub fn after_seconds(&self, seconds: f64) -> u64 {
        self.now_ns().saturating_add((seconds * 1e9) as u64)
    }

    /// The time `delay` from now; the end of time (in 580 years) if that is beyond it.
    pub fn after(&self, delay: Duration) -> u64 {
        self.now_ns().saturating_add(nanoseconds(delay))
    }
}

/// A duration in nanoseconds, at most the largest number.
fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_clock_goes_on_and_the_loop_time_stays() {
        let mut clock = Clock::real();
        let turn = clock.loop_time();
        while clock.now_ns() == turn {}
        assert_eq!(clock.loop_time(), turn);
        assert!(clock.refresh() > turn);
        let date = clock.wall_ns() / 1_000_000_000 / 86_400 / 365;
        assert!((50..500).contains(&date));
        clock.advance_to(u64::MAX);
        assert!(clock.now_ns() < u64::MAX / 2);
        assert_eq!(clock.until(0), Duration::ZERO);
        assert_eq!(clock.after(Duration::MAX), u64::MAX);
    }

    #[test]
    fn the_virtual_clock_jumps() {
        let mut clock = Clock::virtual_clock();
        let (start, date) = (clock.now_ns(), clock.wall_ns());
        assert_eq!(clock.now_ns(), start);
        let hour = Duration::from_secs(3600);
        let deadline = clock.after(hour);
        assert_eq!(clock.when_idle(Some(deadline), Pending::default()), Idle::Jump(deadline));
        clock.advance_to(deadline);
        assert_eq!(clock.loop_time() - start, hour.as_nanos() as u64);
        assert_eq!(clock.wall_ns() - date, hour.as_nanos() as u64);
        clock.advance_to(start);
        assert_eq!(clock.now_ns(), deadline);
    }

    #[test]
    fn the_virtual_clock_waits_for_the_world() {
        let clock = Clock::virtual_clock();
        let idle = |pending| clock.when_idle(Some(5), pending);
        let jobs = Pending { jobs: 1, was_quiet: true, ..Pending::default() };
        assert_eq!(idle(jobs), Idle::Poll(None));
        let mut sockets = Pending { descriptors: 1, ..Pending::default() };
        assert_eq!(idle(sockets), Idle::Poll(Some(QUIET)));
        sockets.was_quiet = true;
        assert_eq!(idle(sockets), Idle::Jump(5));
        assert_eq!(clock.when_idle(None, sockets), Idle::Poll(None));
    }

    #[test]
    fn the_real_clock_polls_until_the_deadline() {
        let clock = Clock::real();
        let deadline = clock.after(Duration::from_secs(100));
        let Idle::Poll(Some(wait)) = clock.when_idle(Some(deadline), Pending::default()) else {
            panic!("a real clock polls");
        };
        assert!(wait > Duration::from_secs(90) && wait <= Duration::from_secs(100));
        assert_eq!(clock.when_idle(None, Pending::default()), Idle::Poll(None));
    }
}
