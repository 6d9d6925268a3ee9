//! Threads for what blocks in the kernel or in C: name look-ups, subprocess waits, databases, host
//! functions marked blocking.
//!
//! A job owns all it needs and never sees a script object. Its result comes back to the hub's
//! thread through a channel, and a [`WakeHandle`] ends the hub's poll. A trip costs some 45 µs, so
//! nothing shorter belongs here.
//!
//! Threads start when jobs wait and none is idle, up to a limit, and end after some idle seconds.

use std::any::Any;
use std::collections::{HashSet, VecDeque};
use std::io;
use std::mem;
use std::panic::{self, AssertUnwindSafe};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::poller::WakeHandle;
use super::switch::panic_text;

/// Threads at most, unless told otherwise: gevent's `threadpool_size`.
pub const DEFAULT_THREADS: usize = 10;
/// A thread ends when it had nothing to do for so long.
const IDLE: Duration = Duration::from_secs(5);

/// What a job returns.
pub type JobResult = Box<dyn Any + Send>;
/// What runs on another thread.
pub type Job = Box<dyn FnOnce() -> JobResult + Send>;

/// The thread pool of one hub.
#[derive(Debug)]
pub struct Offload {
    shared: Arc<Shared>,
    wake: WakeHandle,
    results: Receiver<Completion>,
    /// Results that had come before a fork, for the child.
    inherited: VecDeque<Completion>,
    /// For the threads still to be started.
    sender: Sender<Completion>,
    threads: Vec<JoinHandle<()>>,
    /// Jobs whose result was not taken yet.
    outstanding: HashSet<u64>,
    next_id: u64,
}

/// A job that ended.
#[derive(Debug)]
pub struct Completion {
    /// What [`Offload::submit`] returned.
    pub id: u64,
    /// The job's result, or the text of its panic.
    pub result: Result<JobResult, Box<str>>,
}

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// For threads: a job, the end of a pause, or shutdown.
    work: Condvar,
    /// For the hub: a job or a thread ended.
    rest: Condvar,
    idle: Duration,
}

#[derive(Default)]
struct State {
    queue: VecDeque<(u64, Job)>,
    limit: usize,
    threads: usize,
    /// Threads that wait for a job.
    idle: usize,
    running: usize,
    is_paused: bool,
    is_shut_down: bool,
}

impl Offload {
    /// A pool without threads yet; `wake` ends the poll of the hub that takes the results.
    pub fn new(limit: usize, wake: WakeHandle) -> Offload {
        Offload::with_idle_time(limit, wake, IDLE)
    }

    fn with_idle_time(limit: usize, wake: WakeHandle, idle: Duration) -> Offload {
        let (sender, results) = channel();
        Offload {
            shared: Shared::new(limit, idle),
            wake,
            results,
            inherited: VecDeque::new(),
            sender,
            threads: Vec::new(),
            outstanding: HashSet::new(),
            next_id: 0,
        }
    }

    /// Queues a job; the id comes back in its [`Completion`]. Fails only when no thread at all can
    /// be started.
    pub fn submit(&mut self, job: Job) -> io::Result<u64> {
        let id = self.next_id;
        let needs_thread = {
            let mut state = self.shared.lock();
            state.queue.push_back((id, job));
            // Idle threads that were told but have not got up yet count for the jobs before.
            state.queue.len() > state.idle && state.threads < state.limit
        };
        if needs_thread && let Err(refusal) = self.start_thread() {
            let mut state = self.shared.lock();
            if state.threads == 0 {
                state.queue.pop_back();
                return Err(refusal);
            }
        }
        self.shared.work.notify_one();
        self.next_id += 1;
        self.outstanding.insert(id);
        Ok(id)
    }

    /// Takes a job back that has not begun. If it has, its result will come all the same.
    pub fn cancel(&mut self, id: u64) -> bool {
        let mut state = self.shared.lock();
        let place = state.queue.iter().position(|&(queued, _)| queued == id);
        let job = place.and_then(|place| state.queue.remove(place));
        drop(state);
        let is_cancelled = job.is_some();
        if is_cancelled {
            self.outstanding.remove(&id);
        }
        is_cancelled
    }

    /// The next result that is there. To be called until `None` after each wake.
    #[inline]
    pub fn next_result(&mut self) -> Option<Completion> {
        if self.outstanding.is_empty() {
            return None;
        }
        let inherited = self.inherited.pop_front();
        let completion = inherited.or_else(|| self.results.try_recv().ok())?;
        self.outstanding.remove(&completion.id);
        Some(completion)
    }

    /// Jobs whose results have not been taken: queued, running or done. While there are any, time
    /// must not jump.
    #[inline]
    pub fn outstanding(&self) -> usize {
        self.outstanding.len()
    }

    /// Threads that exist.
    pub fn threads(&self) -> usize {
        self.shared.lock().threads
    }

    /// Threads at most.
    pub fn limit(&self) -> usize {
        self.shared.lock().limit
    }

    /// Changes the number of threads at most (at least one). Surplus threads end after their job.
    pub fn set_limit(&mut self, limit: usize) {
        let mut state = self.shared.lock();
        state.limit = limit.max(1);
        let missing = state.queue.len().saturating_sub(state.idle);
        let starts = missing.min(state.limit.saturating_sub(state.threads));
        drop(state);
        self.shared.work.notify_all();
        for _ in 0..starts {
            if self.start_thread().is_err() {
                break;
            }
        }
    }

    /// Before a fork: lets no further job begin and waits until none runs, so that no thread holds
    /// a lock the child would find locked for ever. `false` if that took longer than `patience`.
    /// Ends with [`resume`](Self::resume) in the parent, [`reset_after_fork`](Self::reset_after_fork)
    /// in the child.
    pub fn pause(&self, patience: Duration) -> bool {
        let mut state = self.shared.lock();
        state.is_paused = true;
        self.shared.wait_until(state, in_time(patience), |state| state.running == 0)
    }

    /// Goes on after [`pause`](Self::pause).
    pub fn resume(&self) {
        self.shared.lock().is_paused = false;
        self.shared.work.notify_all();
    }

    /// In the child after a fork: the threads are gone. Jobs that had not begun are queued again,
    /// results that were there stay. Gives the ids of all other jobs: their results will never come.
    /// Without a successful [`pause`](Self::pause) before the fork those may be all.
    pub fn reset_after_fork(&mut self, wake: WakeHandle) -> Vec<u64> {
        let (mut queue, mut limit) = (VecDeque::new(), DEFAULT_THREADS);
        // Another thread may have held the lock when the fork came.
        if let Ok(mut state) = self.shared.state.try_lock() {
            queue = mem::take(&mut state.queue);
            limit = state.limit;
            // With a job running, its thread may have been in the middle of a send, and receiving
            // would wait for the end of that.
            if state.running == 0 {
                self.inherited.extend(self.results.try_iter());
            }
        }
        let shared = Shared::new(limit, self.shared.idle);
        let (sender, results) = channel();
        // What the lost threads shared with us is left as it is: they might hold any lock in it.
        mem::forget(mem::replace(&mut self.shared, shared));
        mem::forget(mem::replace(&mut self.sender, sender));
        mem::forget(mem::replace(&mut self.results, results));
        mem::take(&mut self.threads).into_iter().for_each(mem::forget);
        self.wake = wake;
        let mut lost = mem::take(&mut self.outstanding);
        let queued = queue.iter().map(|&(id, _)| id);
        for id in queued.chain(self.inherited.iter().map(|result| result.id)) {
            lost.remove(&id);
            self.outstanding.insert(id);
        }
        let starts = queue.len().min(limit);
        self.shared.lock().queue = queue;
        for _ in 0..starts {
            if self.start_thread().is_err() {
                break;
            }
        }
        let mut lost: Vec<u64> = lost.into_iter().collect();
        lost.sort_unstable();
        lost
    }

    /// Ends the pool: jobs that have not begun are dropped, threads are waited for. Gives how many
    /// still run after `patience`; those end by themselves after their job.
    pub fn shut_down(mut self, patience: Duration) -> usize {
        let state = self.shared.begin_shutdown();
        self.shared.wait_until(state, in_time(patience), |state| state.threads == 0);
        // A thread that has signed off is about to return: joining it takes no time.
        let remaining = self.shared.lock().threads;
        if remaining == 0 {
            for thread in self.threads.drain(..) {
                let _ = thread.join();
            }
        }
        remaining
    }

    fn start_thread(&mut self) -> io::Result<()> {
        self.threads.retain(|thread| !thread.is_finished());
        // Counted before it runs, so that two submissions do not both start the last one.
        self.shared.lock().threads += 1;
        let (shared, wake) = (Arc::clone(&self.shared), self.wake.clone());
        let sender = self.sender.clone();
        let thread = thread::Builder::new().name("gscript-pool".to_owned()).spawn(move || shared.work(&sender, &wake));
        match thread {
            Ok(thread) => {
                self.threads.push(thread);
                Ok(())
            }
            Err(refusal) => {
                self.shared.lock().threads -= 1;
                Err(refusal)
            }
        }
    }
}

/// The moment `patience` from now; a year from now if the clock does not reach that far.
fn in_time(patience: Duration) -> Instant {
    let now = Instant::now();
    let year = Duration::from_secs(365 * 86_400);
    now.checked_add(patience).unwrap_or_else(|| now + year)
}

impl Drop for Offload {
    /// Threads end after the job they are at; nobody waits for them.
    fn drop(&mut self) {
        drop(self.shared.begin_shutdown());
    }
}

impl Shared {
    fn new(limit: usize, idle: Duration) -> Arc<Shared> {
        let state = State { limit: limit.max(1), ..State::default() };
        Arc::new(Shared { state: Mutex::new(state), work: Condvar::new(), rest: Condvar::new(), idle })
    }

    /// The lock is held for a few instructions only, none of which panics.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin_shutdown(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        state.is_shut_down = true;
        let queue = mem::take(&mut state.queue);
        drop(state);
        // Outside the lock: jobs own things with destructors.
        drop(queue);
        self.work.notify_all();
        self.lock()
    }

    /// Waits for `is_reached`, until `deadline`; whether it was.
    fn wait_until(&self, mut state: MutexGuard<'_, State>, deadline: Instant, is_reached: impl Fn(&State) -> bool) -> bool {
        while !is_reached(&state) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let waited = self.rest.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// The life of a thread.
    fn work(&self, results: &Sender<Completion>, wake: &WakeHandle) {
        while let Some((id, job)) = self.next_job() {
            let result = panic::catch_unwind(AssertUnwindSafe(job)).map_err(panic_text);
            // First the result, then the wake. If the hub is gone, nobody needs it.
            let _ = results.send(Completion { id, result });
            wake.wake();
            self.lock().running -= 1;
            self.rest.notify_all();
        }
        self.rest.notify_all();
    }

    /// Waits for a job and counts it as running; `None` when the thread shall end, which it does
    /// under the lock, so that no job is queued for a thread that has given up.
    fn next_job(&self) -> Option<(u64, Job)> {
        let mut state = self.lock();
        let deadline = Instant::now() + self.idle;
        loop {
            let is_surplus = state.threads > state.limit;
            if state.is_shut_down || is_surplus {
                break;
            }
            if !state.is_paused
                && let Some(job) = state.queue.pop_front()
            {
                state.running += 1;
                return Some(job);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() && state.queue.is_empty() {
                break;
            }
            state.idle += 1;
            // Paused with work to do: wait for as long as it takes.
            state = if left.is_zero() {
                let waited = self.work.wait(state);
                waited.unwrap_or_else(PoisonError::into_inner)
            } else {
                let waited = self.work.wait_timeout(state, left);
                waited.unwrap_or_else(PoisonError::into_inner).0
            };
            state.idle -= 1;
        }
        state.threads -= 1;
        None
    }
}

impl std::fmt::Debug for State {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("State")
            .field("queued", &self.queue.len())
            .field("threads", &self.threads)
            .field("idle", &self.idle)
            .field("running", &self.running)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::poller::Poller;
    use super::super::stack::tests::in_child;
    use super::*;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    const SOON: Duration = Duration::from_secs(10);

    fn pool(limit: usize) -> (Poller, Offload) {
        let poller = Poller::new().unwrap();
        let offload = Offload::new(limit, poller.wake_handle());
        (poller, offload)
    }

    /// Polls until a result is there.
    fn next(poller: &mut Poller, offload: &mut Offload) -> Completion {
        let start = Instant::now();
        loop {
            if let Some(completion) = offload.next_result() {
                return completion;
            }
            poller.poll(Some(SOON), &mut Vec::new()).unwrap();
            assert!(start.elapsed() < SOON, "no result came");
        }
    }

    fn number(completion: Completion) -> usize {
        *completion.result.unwrap().downcast().unwrap()
    }

    fn job(run: impl FnOnce() -> usize + Send + 'static) -> Job {
        Box::new(move || Box::new(run()))
    }

    #[test]
    fn results_come_back() {
        let (mut poller, mut offload) = pool(3);
        assert_eq!(offload.threads(), 0);
        let ids: Vec<u64> = (0..100).map(|n| offload.submit(job(move || n * n)).unwrap()).collect();
        assert_eq!(offload.outstanding(), 100);
        let mut seen = HashSet::new();
        for _ in 0..100 {
            let completion = next(&mut poller, &mut offload);
            let id = completion.id;
            assert_eq!(number(completion), ids.iter().position(|&i| i == id).unwrap().pow(2));
            assert!(seen.insert(id));
        }
        assert_eq!(offload.outstanding(), 0);
        assert!(offload.threads() <= 3);
        assert_eq!(offload.shut_down(SOON), 0);
    }

    #[test]
    fn a_panic_is_a_result() {
        let (mut poller, mut offload) = pool(1);
        offload.submit(job(|| panic!("in the pool"))).unwrap();
        let result = next(&mut poller, &mut offload).result;
        assert_eq!(&*result.unwrap_err(), "in the pool");
        offload.submit(job(|| 5)).unwrap();
        assert_eq!(number(next(&mut poller, &mut offload)), 5);
    }

    #[test]
    fn as_many_at_once_as_the_limit_says() {
        let (mut poller, mut offload) = pool(2);
        offload.set_limit(4);
        static RUNNING: AtomicUsize = AtomicUsize::new(0);
        let barrier = Arc::new(Barrier::new(4));
        for _ in 0..12 {
            let barrier = Arc::clone(&barrier);
            let run = move || {
                let running = RUNNING.fetch_add(1, Ordering::SeqCst) + 1;
                barrier.wait();
                RUNNING.fetch_sub(1, Ordering::SeqCst);
                barrier.wait();
                running
            };
            offload.submit(job(run)).unwrap();
        }
        let most = (0..12).map(|_| number(next(&mut poller, &mut offload))).max();
        assert_eq!(most, Some(4));
    }

    /// Submits a job that runs, when this returns, until the barrier is met.
    fn submit_held(offload: &mut Offload) -> (u64, Arc<Barrier>) {
        let (started, end) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
        let (own_started, own_end) = (Arc::clone(&started), Arc::clone(&end));
        let run = move || {
            own_started.wait();
            own_end.wait();
            1
        };
        let id = offload.submit(job(run)).unwrap();
        started.wait();
        (id, end)
    }

    #[test]
    fn jobs_that_have_not_begun_can_be_cancelled() {
        let (mut poller, mut offload) = pool(1);
        let (first, end) = submit_held(&mut offload);
        let second = offload.submit(job(|| 2)).unwrap();
        assert!(!offload.cancel(first));
        assert!(offload.cancel(second));
        assert!(!offload.cancel(second));
        end.wait();
        assert_eq!(number(next(&mut poller, &mut offload)), 1);
        assert_eq!(offload.outstanding(), 0);
    }

    #[test]
    fn idle_threads_end_and_come_again() {
        let poller = Poller::new().unwrap();
        let idle = Duration::from_millis(20);
        let (mut poller, mut offload) = {
            let offload = Offload::with_idle_time(2, poller.wake_handle(), idle);
            (poller, offload)
        };
        for round in 0..3 {
            offload.submit(job(move || round)).unwrap();
            assert_eq!(number(next(&mut poller, &mut offload)), round);
            let start = Instant::now();
            while offload.threads() > 0 {
                assert!(start.elapsed() < SOON);
                thread::sleep(Duration::from_millis(1));
            }
        }
    }

    #[test]
    fn a_pause_holds_jobs_back() {
        let (mut poller, mut offload) = pool(2);
        offload.submit(job(|| 1)).unwrap();
        assert_eq!(number(next(&mut poller, &mut offload)), 1);
        assert!(offload.pause(SOON));
        offload.submit(job(|| 2)).unwrap();
        thread::sleep(Duration::from_millis(20));
        assert!(offload.next_result().is_none());
        offload.resume();
        assert_eq!(number(next(&mut poller, &mut offload)), 2);
        let (_, end) = submit_held(&mut offload);
        assert!(!offload.pause(Duration::from_millis(20)));
        end.wait();
        assert!(offload.pause(SOON));
    }

    #[test]
    fn after_a_fork_queued_jobs_run_and_running_ones_are_reported() {
        let (mut poller, mut offload) = pool(1);
        let (running, end) = submit_held(&mut offload);
        let queued = offload.submit(job(|| 2)).unwrap();
        let status = in_child(|| {
            poller.reset_after_fork(&mut Vec::new()).unwrap();
            let lost = offload.reset_after_fork(poller.wake_handle());
            let is_lost = lost == [running] && offload.outstanding() == 1;
            let completion = next(&mut poller, &mut offload);
            let is_run = completion.id == queued && number(completion) == 2;
            let later = offload.submit(job(|| 3)).unwrap();
            let works = later > queued && number(next(&mut poller, &mut offload)) == 3;
            i32::from(is_lost) + 2 * i32::from(is_run) + 4 * i32::from(works)
        });
        assert_eq!(status, 7 << 8);
        end.wait();
        assert_eq!(number(next(&mut poller, &mut offload)), 1);
        assert_eq!(number(next(&mut poller, &mut offload)), 2);
    }

    #[test]
    fn after_a_paused_fork_nothing_is_lost() {
        let (mut poller, mut offload) = pool(2);
        offload.submit(job(|| 1)).unwrap();
        poller.poll(Some(SOON), &mut Vec::new()).unwrap();
        assert!(offload.pause(SOON));
        offload.submit(job(|| 2)).unwrap();
        let status = in_child(|| {
            poller.reset_after_fork(&mut Vec::new()).unwrap();
            let lost = offload.reset_after_fork(poller.wake_handle());
            let sum: usize = (0..2).map(|_| number(next(&mut poller, &mut offload))).sum();
            (lost.len() * 100 + sum) as i32
        });
        assert_eq!(status, 3 << 8);
        offload.resume();
        assert_eq!(number(next(&mut poller, &mut offload)), 1);
        assert_eq!(number(next(&mut poller, &mut offload)), 2);
    }

    #[test]
    fn shutting_down_waits_as_long_as_told() {
        let (_poller, mut offload) = pool(1);
        let (_, end) = submit_held(&mut offload);
        assert_eq!(offload.shut_down(Duration::from_millis(20)), 1);
        end.wait();
        // Dropping one with idle threads and queued jobs.
        let (_poller, mut offload) = pool(1);
        offload.submit(job(|| 1)).unwrap();
        offload.submit(job(|| 2)).unwrap();
        drop(offload);
    }
}
