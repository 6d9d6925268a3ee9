//! The thread that watches deadlines: one for the process, started by the first machine that has one. It sets a bit of the
//! machine's poll word and never touches anything else of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use crate::vm::poll;

/// When, and a number that tells alarms of the same moment apart.
type Key = (Instant, u64);

#[derive(Default)]
struct Queue {
    alarms: BTreeMap<Key, Arc<AtomicU32>>,
    next_number: u64,
    is_running: bool,
}

#[derive(Default)]
struct Watchdog {
    queue: Mutex<Queue>,
    changed: Condvar,
}

static WATCHDOG: OnceLock<Watchdog> = OnceLock::new();

/// Sets the bit ALARM of a poll word when its time has come; dropped before, it never does.
pub(super) struct Alarm {
    key: Key,
}

impl Alarm {
    pub fn set(at: Instant, word: Arc<AtomicU32>) -> Alarm {
        let watchdog = WATCHDOG.get_or_init(Watchdog::default);
        let mut queue = watchdog.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (at, queue.next_number);
        queue.next_number += 1;
        if !queue.is_running {
            let started = std::thread::Builder::new().name("gscript-watchdog".to_string()).spawn(|| watch(WATCHDOG.get_or_init(Watchdog::default)));
            // Without it the deadline is still seen by waits; the next alarm tries again.
            queue.is_running = started.is_ok();
        }
        let is_first = queue.alarms.first_key_value().is_none_or(|(k, _)| key < *k);
        queue.alarms.insert(key, word);
        if is_first {
            watchdog.changed.notify_one();
        }
        Alarm { key }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        if let Some(w) = WATCHDOG.get() {
            w.queue.lock().unwrap_or_else(PoisonError::into_inner).alarms.remove(&self.key);
        }
    }
}

fn watch(watchdog: &Watchdog) {
    let mut queue = watchdog.queue.lock().unwrap_or_else(PoisonError::into_inner);
    loop {
        let now = Instant::now();
        let first = queue.alarms.first_key_value().map(|(k, _)| *k);
        queue = match first {
            Some(key) if key.0 <= now => {
                if let Some(word) = queue.alarms.remove(&key) {
                    word.fetch_or(poll::ALARM, Ordering::Relaxed);
                }
                queue
            }
            Some(key) => watchdog.changed.wait_timeout(queue, key.0 - now).unwrap_or_else(PoisonError::into_inner).0,
            None => watchdog.changed.wait(queue).unwrap_or_else(PoisonError::into_inner),
        };
    }
}
