//! Long computations without a place to look at the poll word: arithmetic of huge integers, whose algorithms are a crate's.
//!
//! They run on a thread of their own while the machine's thread looks at the poll word, so that Ctrl-C, a deadline and
//! signal handlers reach a program in the middle of `7 ** 20_000_000`. No other greenlet runs meanwhile: to the program it
//! is one operation. When it is given up the thread comes to its end by itself and its result is dropped.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use num_bigint::BigInt;

use crate::vm::{Cx, Result};

/// How often the poll word is looked at.
const INTERVAL: Duration = Duration::from_millis(5);

/// Threads at work for all machines of the process. Beyond this many the machines compute on their own threads, so that a
/// script that gives up one computation after the other cannot fill the process with them.
const MAX_THREADS: usize = 16;
static THREADS: AtomicUsize = AtomicUsize::new(0);

/// Counts a thread while it lives.
struct Counted;

impl Counted {
    fn new() -> Option<Counted> {
        let is_free = THREADS.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |n| (n < MAX_THREADS).then_some(n + 1)).is_ok();
        is_free.then_some(Counted)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        THREADS.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Cx {
    /// Runs a pure computation; signal handlers run meanwhile, and what they raise ends the wait for it. For what takes ten
    /// milliseconds or more: starting a thread takes a tenth of one.
    pub fn long_work<T: Send + 'static>(&mut self, job: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let Some(counted) = Counted::new() else { return Ok(job()) };
        let (sender, receiver) = channel();
        let spawned = std::thread::Builder::new().name("long work".into()).spawn(move || {
            let _counted = counted;
            // Nobody listens when the machine has given up.
            let _ = sender.send(job());
        });
        if let Err(e) = spawned {
            return Err(self.io_error(&e, None));
        }
        loop {
            match receiver.recv_timeout(INTERVAL) {
                Ok(value) => return Ok(value),
                Err(RecvTimeoutError::Timeout) => self.check_poll()?,
                Err(RecvTimeoutError::Disconnected) => return Err(self.memory_error("")),
            }
        }
    }
}

/// Words of 64 bits.
fn words(x: &BigInt) -> f64 {
    (x.bits() / 64) as f64
}

/// Whether a product takes long: the longer factor times a power of the shorter one, as the crate multiplies.
pub fn is_long_product(x: &BigInt, y: &BigInt) -> bool {
    let (a, b) = (words(x), words(y));
    a.min(b) > 1000.0 && a.max(b) * a.min(b).powf(0.6) > 5e6
}

/// Whether a division takes long: by the school's method.
pub fn is_long_division(x: &BigInt, y: &BigInt) -> bool {
    let (a, b) = (words(x), words(y));
    (a - b) * b > 1e7
}

/// Whether a power of so many bits takes long to compute.
pub fn is_long_power(bits: u64) -> bool {
    bits > 1 << 20
}

/// Whether an exponentiation modulo `m` takes long.
pub fn is_long_mod_power(exponent: &BigInt, m: &BigInt) -> bool {
    let n = words(m) + 1.0;
    exponent.bits() as f64 * n * n > 3e6
}

/// Whether a number is long enough for algorithms of quadratic effort to take long: digits, roots.
pub fn is_long_number(x: &BigInt) -> bool {
    words(x) > 3000.0
}

/// Whether the greatest common divisor takes long: it is found bit by bit.
pub fn is_long_gcd(x: &BigInt, y: &BigInt) -> bool {
    words(x).max(words(y)) > 400.0
}
