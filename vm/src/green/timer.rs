//! Timers: a 4-ary heap of deadlines that knows where each timer stands in it.
//!
//! ```text
//!  heap:   [ (deadline, seq, slot) ... ]     children of i are 4i+1 ..= 4i+4
//!              │ ▲
//!              ▼ │
//!  slots:  [ generation, payload, place in the heap | next free slot ]
//!              ▲
//!  TimerHandle ┘ (slot, generation): stale once the timer fired or was cancelled
//! ```
//!
//! Cancelling takes a timer out for good, so a payload (who to wake) never outlives its use, and a
//! timer which is started and cancelled again, as most are, stays at the end of the heap and costs
//! 3-4 ns. Equal deadlines fire in the order in which they were started.
//!
//! Times are nanoseconds of whatever clock the caller reads.

/// No slot, as the end of the free list.
const NONE: u32 = u32::MAX;
const ARITY: usize = 4;

/// All timers of one hub.
#[derive(Debug, Default)]
pub struct TimerHeap {
    heap: Vec<Entry>,
    slots: Vec<Slot>,
    /// First free slot plus one, so that the default is right.
    free: u32,
    next_seq: u64,
    /// Of slots that are new: more than any had that are gone.
    first_generation: u32,
}

/// Names one start of one timer; harmless when that has fired or been cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TimerHandle {
    slot: u32,
    generation: u32,
}

/// A timer that came due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expired {
    /// When it should have fired.
    pub deadline: u64,
    /// What it was started with.
    pub payload: u64,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    deadline: u64,
    seq: u64,
    slot: u32,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    generation: u32,
    /// Index in the heap while in use, else the next free slot plus one.
    place: u32,
    payload: u64,
}

impl TimerHeap {
    /// An empty heap.
    pub fn new() -> TimerHeap {
        TimerHeap::default()
    }

    /// Starts a timer.
    #[inline]
    pub fn insert(&mut self, deadline: u64, payload: u64) -> TimerHandle {
        let place = self.heap.len() as u32;
        let slot = match self.free.checked_sub(1) {
            Some(slot) => {
                self.free = self.slots[slot as usize].place;
                slot
            }
            None => {
                let slot = u32::try_from(self.slots.len()).unwrap_or(NONE);
                assert!(slot < NONE - 1, "more timers than memory can hold");
                self.slots.push(Slot { generation: self.first_generation, place: 0, payload: 0 });
                slot
            }
        };
        let record = &mut self.slots[slot as usize];
        record.place = place;
        record.payload = payload;
        let generation = record.generation;
        let entry = Entry { deadline, seq: self.next_seq, slot };
        self.next_seq += 1;
        self.heap.push(entry);
        self.rise(place as usize, entry);
        TimerHandle { slot, generation }
    }

    /// Stops a timer; its payload, or `None` if it had fired or been cancelled.
    #[inline]
    pub fn cancel(&mut self, handle: TimerHandle) -> Option<u64> {
        let place = self.slot(handle)?.place as usize;
        Some(self.remove(place).1)
    }

    /// Whether the timer still runs.
    pub fn is_active(&self, handle: TimerHandle) -> bool {
        self.slot(handle).is_some()
    }

    /// When the timer will fire, if it still runs.
    pub fn deadline(&self, handle: TimerHandle) -> Option<u64> {
        let slot = self.slot(handle)?;
        Some(self.heap[slot.place as usize].deadline)
    }

    /// The earliest deadline.
    #[inline]
    pub fn next_deadline(&self) -> Option<u64> {
        self.heap.first().map(|entry| entry.deadline)
    }

    /// Takes out the first timer whose deadline has come; `None` if there is none.
    #[inline]
    pub fn pop_expired(&mut self, now: u64) -> Option<Expired> {
        self.pop_expired_before(now, u64::MAX)
    }

    /// As [`pop_expired`](Self::pop_expired), but only timers started before `mark`: with
    /// the [`mark`](Self::mark) from before the loop, timers of zero length that start each other
    /// cannot keep the loop busy for ever.
    ///
    /// None that is due is passed over as long as nobody starts timers with deadlines in the past.
    #[inline]
    pub fn pop_expired_before(&mut self, now: u64, mark: u64) -> Option<Expired> {
        let first = self.heap.first()?;
        if first.deadline > now || first.seq >= mark {
            return None;
        }
        let (deadline, payload) = self.remove(0);
        Some(Expired { deadline, payload })
    }

    /// Separates timers started so far from those started later.
    #[inline]
    pub fn mark(&self) -> u64 {
        self.next_seq
    }

    /// Timers that run.
    #[inline]
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Whether no timer runs.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }

    /// Gives back memory that a burst needed.
    pub fn shrink(&mut self) {
        self.heap.shrink_to(2 * self.heap.len());
        if self.heap.is_empty() {
            self.first_generation = self.slots.iter().map(|s| s.generation).fold(self.first_generation, u32::max).wrapping_add(1);
            self.slots = Vec::new();
            self.free = 0;
        }
    }

    /// Payloads of all running timers, in no order.
    pub fn payloads(&self) -> impl Iterator<Item = u64> + '_ {
        let slots = &self.slots;
        self.heap.iter().map(|entry| slots[entry.slot as usize].payload)
    }

    #[inline]
    fn slot(&self, handle: TimerHandle) -> Option<&Slot> {
        let slot = self.slots.get(handle.slot as usize)?;
        (slot.generation == handle.generation).then_some(slot)
    }

    /// Takes the entry at `place` out and frees its slot.
    #[inline]
    fn remove(&mut self, place: usize) -> (u64, u64) {
        let removed = self.heap[place];
        let last = self.heap.pop().expect("the heap has an entry at `place`");
        if place < self.heap.len() {
            if place > 0 && last.is_before(&self.heap[(place - 1) / ARITY]) {
                self.rise(place, last);
            } else {
                self.sink(place, last);
            }
        }
        let slot = &mut self.slots[removed.slot as usize];
        // The handle is stale from here on.
        slot.generation = slot.generation.wrapping_add(1);
        slot.place = self.free;
        self.free = removed.slot + 1;
        (removed.deadline, slot.payload)
    }

    /// Puts `entry` at `place` or nearer to the root.
    #[inline]
    fn rise(&mut self, mut place: usize, entry: Entry) {
        while place > 0 {
            let parent = (place - 1) / ARITY;
            if !entry.is_before(&self.heap[parent]) {
                break;
            }
            self.put(place, self.heap[parent]);
            place = parent;
        }
        self.put(place, entry);
    }

    /// Puts `entry` at `place` or farther from the root.
    #[inline]
    fn sink(&mut self, mut place: usize, entry: Entry) {
        loop {
            let first = place * ARITY + 1;
            let last = self.heap.len().min(first + ARITY);
            if first >= last {
                break;
            }
            let mut earliest = first;
            for child in first + 1..last {
                if self.heap[child].is_before(&self.heap[earliest]) {
                    earliest = child;
                }
            }
            let below = self.heap[earliest];
            if !below.is_before(&entry) {
                break;
            }
            self.put(place, below);
            place = earliest;
        }
        self.put(place, entry);
    }

    #[inline]
    fn put(&mut self, place: usize, entry: Entry) {
        self.heap[place] = entry;
        self.slots[entry.slot as usize].place = place as u32;
    }
}

impl Entry {
    #[inline]
    fn is_before(&self, other: &Entry) -> bool {
        // One wide comparison instead of two with a branch in between.
        self.key() < other.key()
    }

    #[inline]
    fn key(&self) -> u128 {
        u128::from(self.deadline) << 64 | u128::from(self.seq)
    }
}

#[cfg(test)]
mod tests {
    use super::super::ready::Random;
    use super::*;

    /// Each entry is not before its parent, and slots and heap point to each other.
    fn check(timers: &TimerHeap) {
        for (place, entry) in timers.heap.iter().enumerate().skip(1) {
            assert!(!entry.is_before(&timers.heap[(place - 1) / ARITY]));
        }
        for (place, entry) in timers.heap.iter().enumerate() {
            assert_eq!(timers.slots[entry.slot as usize].place as usize, place);
        }
    }

    #[test]
    fn equal_deadlines_fire_in_order() {
        let mut timers = TimerHeap::new();
        for n in 0..100 {
            timers.insert(5, n);
        }
        assert_eq!(timers.pop_expired(4), None);
        let fired: Vec<_> = std::iter::from_fn(|| timers.pop_expired(5)).collect();
        assert!(fired.iter().map(|timer| timer.payload).eq(0..100));
        assert!(timers.is_empty());
    }

    #[test]
    fn handles_go_stale() {
        let mut timers = TimerHeap::new();
        let first = timers.insert(10, 1);
        assert_eq!(timers.deadline(first), Some(10));
        assert_eq!(timers.cancel(first), Some(1));
        assert_eq!(timers.cancel(first), None);
        let second = timers.insert(20, 2);
        assert_eq!(second.slot, first.slot);
        assert!(!timers.is_active(first) && timers.is_active(second));
        assert_eq!(timers.next_deadline(), Some(20));
        assert_eq!(timers.pop_expired(20).unwrap().payload, 2);
        assert_eq!(timers.cancel(second), None);
        assert_eq!(timers.next_deadline(), None);
    }

    #[test]
    fn handles_stay_stale_after_shrinking() {
        let mut timers = TimerHeap::new();
        let old: Vec<_> = (0..100).map(|n| timers.insert(n, n)).collect();
        while timers.pop_expired(100).is_some() {}
        timers.shrink();
        let new: Vec<_> = (0..100).map(|n| timers.insert(n, n)).collect();
        assert!(old.iter().all(|&h| timers.cancel(h).is_none()));
        assert!(new.iter().all(|&h| timers.is_active(h)));
        timers.shrink();
        check(&timers);
    }

    #[test]
    fn timers_of_zero_length_end_a_pass() {
        let mut timers = TimerHeap::new();
        for n in 0..3 {
            timers.insert(n, n);
        }
        let mark = timers.mark();
        let mut fired = 0;
        while let Some(timer) = timers.pop_expired_before(7, mark) {
            fired += 1;
            timers.insert(7, timer.payload);
        }
        assert_eq!((fired, timers.len()), (3, 3));
        assert!(timers.payloads().all(|payload| payload < 3));
    }

    #[test]
    fn agrees_with_a_sorted_list() {
        for seed in 0..20 {
            let mut random = Random::new(seed);
            let mut timers = TimerHeap::new();
            // (deadline, start number, handle)
            let mut model: Vec<(u64, u64, TimerHandle)> = Vec::new();
            let mut stale = Vec::new();
            let mut now = 0;
            for step in 0..4000 {
                match random.below(8) {
                    0..=3 => {
                        // Few different deadlines, so that many are equal.
                        let deadline = now + random.below(50) as u64;
                        model.push((deadline, step, timers.insert(deadline, step)));
                    }
                    4..=5 if !model.is_empty() => {
                        let (_, payload, handle) = model.swap_remove(random.below(model.len()));
                        assert_eq!(timers.cancel(handle), Some(payload));
                        stale.push(handle);
                    }
                    6 => {
                        now += random.below(20) as u64;
                        model.sort_by_key(|&(deadline, start, _)| (deadline, start));
                        let due = model.partition_point(|&(deadline, ..)| deadline <= now);
                        for (deadline, payload, handle) in model.drain(..due) {
                            let timer = timers.pop_expired(now);
                            assert_eq!(timer, Some(Expired { deadline, payload }));
                            stale.push(handle);
                        }
                        assert_eq!(timers.pop_expired(now), None);
                    }
                    _ => {
                        if let Some(&handle) = stale.last() {
                            assert!(!timers.is_active(handle));
                            assert_eq!(timers.cancel(handle), None);
                        }
                    }
                }
                assert_eq!(timers.len(), model.len());
                let earliest = model.iter().map(|&(deadline, ..)| deadline).min();
                assert_eq!(timers.next_deadline(), earliest);
            }
            check(&timers);
        }
    }
}
