//! Memory for greenlet stacks.
//!
//! ```text
//!  arena: one mapping of N slots, nothing committed
//!  ┌──────────┬──────────┬──────────┬────
//!  │  slot 0  │  slot 1  │  slot 2  │ ...          every slot starts at a multiple of SLOT_SIZE
//!  └──────────┴──────────┴──────────┴────
//!  slot:  bottom            limit                                     top     bottom + SLOT_SIZE
//!           ├── guard ───────┼──────────── usable, grows downwards ────┼─ colour ─┤
//! ```
//!
//! A mapping for each stack would cost two kernel map entries each and end, for the whole process,
//! at `vm.max_map_count` (some 32 000 stacks). Arenas cost one entry per thousands of stacks, and
//! guard markers (`MADV_GUARD_INSTALL`) do not split them. Where the kernel has no markers,
//! `mprotect` guards are used up to a bounded number of stacks, then none: the guard is only the
//! net below the stack-limit checks.
//!
//! Free slots are reused last in, first out, because a warm stack costs nothing and a cold one a
//! page fault (1-2 µs). What was in use at once a short while ago is kept, since bursts come in
//! series; memory of the others goes back to the kernel, in [`StackPool::age`] and [`StackPool::trim`].
//!
//! Start at [`StackPool::acquire`].
// This file maps memory: `unsafe` is its work.
#![allow(unsafe_code)]
// Invariant of this file: every byte of an arena or large mapping belongs to exactly one of a
// live `StackSlot`, an entry of a free list, or the part not yet carved into slots. Mappings are
// removed only when `Shared` is dropped, which each live `StackSlot` prevents by its `Rc`.

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::ops::Range;
use std::ptr;
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::switch::prefetch;

/// Bytes from the start of a slot to the start of the next one. Frames of unoptimised code are
/// several times larger, hence the larger slots there.
pub const SLOT_SIZE: usize = if cfg!(debug_assertions) { 1 << 20 } else { 256 << 10 };

/// Slots of the first arena of a pool; each further arena doubles, up to [`LARGEST_ARENA`]. A
/// process may hold many pools, and most need few stacks.
const FIRST_ARENA: usize = 64;
/// Slots of the largest arena: 1 GiB of address space at 256 KiB.
const LARGEST_ARENA: usize = 4096;

/// Bytes that no stack touches at its lower end: a whole number of pages, whatever their size, and
/// more than one, for code compiled without stack probes.
const GUARD_SIZE: usize = if cfg!(target_arch = "x86_64") { 16 << 10 } else { 64 << 10 };

/// Tops of neighbouring stacks are shifted by a multiple of this many bytes: otherwise the hot
/// ends of all stacks would fall into the same few cache sets.
const COLOUR_STEP: usize = 64;
const COLOURS: usize = 16;

/// So many free stacks that still hold memory are always kept.
pub const KEEP_WARM: usize = 512;

/// Stacks with `mprotect` guards in the whole process: each costs two kernel map entries, and at
/// the end of those entries every later allocation of the process fails.
const MOST_MPROTECT_GUARDS: usize = 16_000;
static MPROTECT_GUARDS: AtomicUsize = AtomicUsize::new(0);

/// `MADV_GUARD_INSTALL`, Linux 6.13.
const MADV_GUARD_INSTALL: libc::c_int = 102;
/// `MADV_POPULATE_WRITE`, Linux 5.14: as if each page were written to.
const MADV_POPULATE_WRITE: libc::c_int = 23;

/// With so many stacks in use, more are on their way: new slots are then made ready, with the page
/// that each will touch first, several at a time. That halves what the kernel's entries cost.
const BURST: usize = 256;
const BATCH: usize = 16;
/// Cache lines at the top of a stack that nearly all greenlets touch.
const FIRST_LINES: usize = 28;
/// Bytes at the top of a slot that even the smallest greenlet touches: a page.
const FIRST_TOUCH: usize = 4096;

/// How stacks are guarded, as asked for (`GSCRIPT_GUARD=auto|off|mprotect`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GuardMode {
    /// The best the kernel offers.
    #[default]
    Auto,
    /// No guard, as on an old kernel after the first 16 000 stacks.
    Off,
    /// `mprotect`, as on a kernel without guard markers.
    Mprotect,
}

/// Stacks of one machine, and the mappings they live in. Cheap to clone: clones are the same pool.
#[derive(Clone)]
pub struct StackPool {
    shared: Rc<RefCell<Shared>>,
}

/// A stack nobody else uses. Dropping it returns it to its pool.
pub struct StackSlot {
    pool: Rc<RefCell<Shared>>,
    bounds: StackBounds,
    is_large: bool,
}

/// Where a stack lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StackBounds {
    /// First byte, the guard's.
    pub bottom: usize,
    /// Lowest usable address.
    pub limit: usize,
    /// One past the highest usable address; a multiple of 64.
    pub top: usize,
}

/// What a pool holds, in stacks and bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StackUsage {
    /// Stacks in use, large ones included.
    pub live: usize,
    /// Stacks waiting for reuse, large ones excluded.
    pub free: usize,
    /// Free stacks that may still hold memory.
    pub warm: usize,
    /// Bytes of address space reserved.
    pub reserved: usize,
}

struct Shared {
    mode: GuardMode,
    /// The kernel refused guard markers once.
    has_no_markers: bool,
    /// The kernel refused to take advice about several ranges at once.
    has_no_batches: bool,
    /// By start address, for look-ups. Only the one at `growing` has slots not yet carved.
    arenas: Vec<Arena>,
    growing: usize,
    next_arena_slots: usize,
    /// Bottoms of free slots, the warmest last.
    free: Vec<usize>,
    /// `free[..clean]` hold no memory.
    clean: usize,
    last_released: usize,
    live: usize,
    /// The most that were live at once since the last call of `age`, and before that, fading.
    peak: usize,
    old_peak: usize,
    large: Vec<Large>,
    mprotect_guards: usize,
}

struct Arena {
    start: usize,
    slots: usize,
    /// Slots `..carved` have been handed out at least once and have their guard.
    carved: usize,
}

struct Large {
    start: usize,
    length: usize,
    is_live: bool,
}

impl StackPool {
    /// An empty pool; nothing is mapped before the first stack is asked for.
    pub fn new(mode: GuardMode) -> StackPool {
        StackPool {
            shared: Rc::new(RefCell::new(Shared {
                mode,
                has_no_markers: false,
                has_no_batches: false,
                arenas: Vec::new(),
                growing: 0,
                next_arena_slots: FIRST_ARENA,
                free: Vec::new(),
                clean: 0,
                last_released: 0,
                live: 0,
                peak: 0,
                old_peak: 0,
                large: Vec::new(),
                mprotect_guards: 0,
            })),
        }
    }

    /// A stack of [`SLOT_SIZE`]; an error if the kernel gives no more address space.
    #[inline]
    pub fn acquire(&self) -> io::Result<StackSlot> {
        let mut shared = self.shared.borrow_mut();
        let bottom = match shared.free.pop() {
            Some(bottom) => {
                shared.clean = shared.clean.min(shared.free.len());
                bottom
            }
            None => shared.carve()?,
        };
        shared.live += 1;
        shared.peak = shared.peak.max(shared.live);
        Ok(StackSlot { pool: Rc::clone(&self.shared), bounds: slot_bounds(bottom), is_large: false })
    }

    /// A stack with at least `usable` bytes in a mapping of its own, for the main greenlet and
    /// for callers who know that they recurse. Kept for reuse by requests of the same size.
    pub fn acquire_large(&self, usable: usize) -> io::Result<StackSlot> {
        let length = usable
            .max(SLOT_SIZE)
            .checked_next_multiple_of(GUARD_SIZE)
            .and_then(|bytes| bytes.checked_add(GUARD_SIZE))
            .ok_or_else(|| io::Error::from(io::ErrorKind::OutOfMemory))?;
        let mut shared = self.shared.borrow_mut();
        let reusable = shared.large.iter().position(|large| !large.is_live && large.length == length);
        let index = match reusable {
            Some(index) => index,
            None => {
                let start = map(length)?;
                shared.install_guard(start);
                shared.large.push(Large { start, length, is_live: false });
                shared.large.len() - 1
            }
        };
        shared.large[index].is_live = true;
        shared.live += 1;
        shared.peak = shared.peak.max(shared.live);
        Ok(StackSlot { pool: Rc::clone(&self.shared), bounds: shared.large[index].bounds(), is_large: true })
    }

    /// To be called several times a second while programs run: free stacks keep their memory as
    /// long as so many were in use not long ago.
    pub fn age(&self) {
        let mut shared = self.shared.borrow_mut();
        let wanted = shared.peak.max(shared.old_peak);
        shared.old_peak = shared.peak.max(shared.old_peak / 2);
        shared.peak = shared.live;
        let keep = wanted - shared.live + KEEP_WARM;
        if shared.free.len() - shared.clean > keep {
            shared.trim(keep);
        }
    }

    /// Has the upper end of the stack loaded that [`acquire`](Self::acquire) will give after `n` others, unless stacks come
    /// back as fast as they are given.
    #[inline]
    pub fn prefetch_ahead(&self, n: usize) {
        let shared = self.shared.borrow();
        if shared.free.last() == Some(&shared.last_released) {
            return;
        }
        let next = shared.free.len().checked_sub(n + 1).and_then(|i| shared.free.get(i));
        if let Some(&bottom) = next {
            let top = slot_bounds(bottom).top;
            for line in 1..=FIRST_LINES {
                prefetch(top - line * 64);
            }
        }
    }

    /// Free stacks that may still hold memory.
    pub fn warm(&self) -> usize {
        let shared = self.shared.borrow();
        shared.free.len() - shared.clean
    }

    /// Gives the memory of all free stacks but the `keep` warmest ones back to the kernel. For
    /// idle moments.
    pub fn trim(&self, keep: usize) {
        self.shared.borrow_mut().trim(keep);
    }

    /// The stack that `address` lies in, its guard included; `None` for any other memory. Fit for
    /// a fault handler: it takes no lock and allocates nothing.
    pub fn find(&self, address: usize) -> Option<StackBounds> {
        // A fault inside the pool itself finds it borrowed; then nothing can be said.
        self.shared.try_borrow().ok()?.find(address)
    }

    /// Numbers for tests, limits and diagnostics.
    pub fn usage(&self) -> StackUsage {
        let shared = self.shared.borrow();
        let arenas: usize = shared.arenas.iter().map(|arena| arena.slots).sum();
        let large: usize = shared.large.iter().map(|large| large.length).sum();
        StackUsage { live: shared.live, free: shared.free.len(), warm: shared.free.len() - shared.clean, reserved: arenas * SLOT_SIZE + large }
    }
}

impl fmt::Debug for StackPool {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("StackPool").field(&self.usage()).finish()
    }
}

impl StackSlot {
    /// Where the stack lies.
    pub fn bounds(&self) -> StackBounds {
        self.bounds
    }

    /// Lowest usable address.
    pub fn limit(&self) -> usize {
        self.bounds.limit
    }

    /// One past the highest usable address.
    pub fn top(&self) -> usize {
        self.bounds.top
    }
}

impl fmt::Debug for StackSlot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_tuple("StackSlot").field(&self.bounds).finish()
    }
}

impl Drop for StackSlot {
    #[inline]
    fn drop(&mut self) {
        let mut shared = self.pool.borrow_mut();
        if self.is_large {
            shared.release_large(self.bounds.bottom);
        } else {
            shared.release(self.bounds.bottom);
        }
    }
}

impl StackBounds {
    /// Whether `address` is a usable byte of the stack.
    pub fn contains(&self, address: usize) -> bool {
        self.usable().contains(&address)
    }

    /// Whether `address` hit the guard: the stack overflowed.
    pub fn is_guard(&self, address: usize) -> bool {
        (self.bottom..self.limit).contains(&address)
    }

    /// All usable addresses.
    pub fn usable(&self) -> Range<usize> {
        self.limit..self.top
    }
}

impl Shared {
    /// The bottom of a slot that was never used.
    #[cold]
    fn carve(&mut self) -> io::Result<usize> {
        let is_full = |arena: &Arena| arena.carved == arena.slots;
        if self.arenas.get(self.growing).is_none_or(is_full) {
            self.add_arena()?;
        }
        let is_burst = self.live >= BURST && self.mode == GuardMode::Auto && !self.has_no_markers && !self.has_no_batches;
        let arena = &mut self.arenas[self.growing];
        let bottom = arena.start + arena.carved * SLOT_SIZE;
        let count = if is_burst { BATCH.min(arena.slots - arena.carved) } else { 1 };
        arena.carved += count;
        let guards = |i: usize| (bottom + i * SLOT_SIZE, GUARD_SIZE);
        if is_burst && advise_all(count, MADV_GUARD_INSTALL, guards) {
            advise_all(count, MADV_POPULATE_WRITE, |i| (bottom + (i + 1) * SLOT_SIZE - FIRST_TOUCH, FIRST_TOUCH));
        } else {
            self.has_no_batches |= is_burst;
            for i in 0..count {
                self.install_guard(bottom + i * SLOT_SIZE);
            }
        }
        self.free.extend((1..count).rev().map(|i| bottom + i * SLOT_SIZE));
        Ok(bottom)
    }

    /// Reserves address space for more slots: fewer and fewer as long as the kernel refuses.
    fn add_arena(&mut self) -> io::Result<()> {
        let mut slots = self.next_arena_slots;
        let start = loop {
            match map_aligned(slots * SLOT_SIZE) {
                Ok(start) => break start,
                Err(refusal) if slots == 1 => return Err(refusal),
                Err(_) => slots /= 2,
            }
        };
        // After a refusal go on small: whoever limits the address space wants some of it too.
        self.next_arena_slots = (slots * 2).min(LARGEST_ARENA);
        self.growing = self.arenas.partition_point(|arena| arena.start < start);
        let arena = Arena { start, slots, carved: 0 };
        self.arenas.insert(self.growing, arena);
        Ok(())
    }

    /// Makes the lowest bytes of a mapping fault, if mode and kernel allow. No guard is no error.
    fn install_guard(&mut self, bottom: usize) {
        if self.mode == GuardMode::Auto && !self.has_no_markers {
            // SAFETY: the range is the guard part of a slot that is being carved: nobody has data there.
            let refused = unsafe { libc::madvise(bottom as *mut _, GUARD_SIZE, MADV_GUARD_INSTALL) } != 0;
            if !refused {
                return;
            }
            // EINVAL stands for an old kernel. Anything else concerns this slot alone.
            self.has_no_markers = io::Error::last_os_error().raw_os_error() == Some(libc::EINVAL);
        }
        if self.mode != GuardMode::Off && take_mprotect_guard() {
            // SAFETY: as above; the range is a whole number of pages inside our mapping.
            let refused = unsafe { libc::mprotect(bottom as *mut _, GUARD_SIZE, libc::PROT_NONE) } != 0;
            if refused {
                MPROTECT_GUARDS.fetch_sub(1, Ordering::Relaxed);
            } else {
                self.mprotect_guards += 1;
            }
        }
    }

    #[inline]
    fn release(&mut self, bottom: usize) {
        self.live -= 1;
        self.free.push(bottom);
        self.last_released = bottom;
    }

    #[cold]
    fn release_large(&mut self, start: usize) {
        self.live -= 1;
        let released = self.large.iter_mut().find(|large| large.start == start);
        let large = released.expect("a large stack belongs to the pool it came from");
        large.is_live = false;
        discard(large.bounds().usable());
    }

    #[cold]
    fn trim(&mut self, keep: usize) {
        let warm = self.free.len() - self.clean;
        let cold = self.clean..self.clean + warm.saturating_sub(keep);
        let cold = &mut self.free[cold];
        cold.sort_unstable();
        for run in cold.chunk_by(|lower, upper| upper - lower == SLOT_SIZE) {
            let (first, last) = (run[0], run[run.len() - 1]);
            discard(first + GUARD_SIZE..last + SLOT_SIZE);
        }
        self.clean += cold.len();
        if self.free.capacity() > 4 * self.free.len() + KEEP_WARM {
            self.free.shrink_to_fit();
        }
    }

    fn find(&self, address: usize) -> Option<StackBounds> {
        let after = self.arenas.partition_point(|arena| arena.start <= address);
        if let Some(arena) = after.checked_sub(1).map(|index| &self.arenas[index])
            && address - arena.start < arena.carved * SLOT_SIZE
        {
            return Some(slot_bounds(address & !(SLOT_SIZE - 1)));
        }
        let mut large = self.large.iter().map(Large::bounds);
        large.find(|bounds| (bounds.bottom..bounds.top).contains(&address))
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // Every `StackSlot` holds the `Rc` we live in: none is left.
        for arena in &self.arenas {
            unmap(arena.start, arena.slots * SLOT_SIZE);
        }
        for large in &self.large {
            unmap(large.start, large.length);
        }
        MPROTECT_GUARDS.fetch_sub(self.mprotect_guards, Ordering::Relaxed);
    }
}

impl Large {
    fn bounds(&self) -> StackBounds {
        StackBounds { bottom: self.start, limit: self.start + GUARD_SIZE, top: self.start + self.length }
    }
}

#[inline]
fn slot_bounds(bottom: usize) -> StackBounds {
    let colour = bottom / SLOT_SIZE % COLOURS * COLOUR_STEP;
    StackBounds { bottom, limit: bottom + GUARD_SIZE, top: bottom + SLOT_SIZE - colour }
}

/// Whether one more `mprotect` guard is allowed in this process; counts it.
fn take_mprotect_guard() -> bool {
    let taken = MPROTECT_GUARDS.try_update(Ordering::Relaxed, Ordering::Relaxed, |count| (count < most_mprotect_guards()).then_some(count + 1));
    taken.is_ok()
}

/// At most a quarter of the kernel's map entries, at two entries a guard half of them.
fn most_mprotect_guards() -> usize {
    static MOST: OnceLock<usize> = OnceLock::new();
    *MOST.get_or_init(|| {
        let setting = std::fs::read_to_string("/proc/sys/vm/max_map_count").ok();
        let entries: Option<usize> = setting.and_then(|text| text.trim().parse().ok());
        entries.map_or(MOST_MPROTECT_GUARDS, |entries| MOST_MPROTECT_GUARDS.min(entries / 4))
    })
}

/// Address space for `length` bytes, readable and writable, with no memory behind it yet.
fn map(length: usize) -> io::Result<usize> {
    let protection = libc::PROT_READ | libc::PROT_WRITE;
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: a new anonymous mapping at an address of the kernel's choice touches nothing that exists.
    let address = unsafe { libc::mmap(ptr::null_mut(), length, protection, flags, -1, 0) };
    if address == libc::MAP_FAILED {
        return Err(io::Error::last_os_error());
    }
    // Huge pages would commit 2 MiB where a stack needs 4 KiB. Kernels without them refuse: fine.
    // SAFETY: advice about the mapping just made, which changes no contents.
    unsafe { libc::madvise(address, length, libc::MADV_NOHUGEPAGE) };
    Ok(address as usize)
}

/// As [`map`], starting at a multiple of [`SLOT_SIZE`].
fn map_aligned(length: usize) -> io::Result<usize> {
    let mapped = map(length + SLOT_SIZE)?;
    let start = mapped.next_multiple_of(SLOT_SIZE);
    let (head, tail) = (start - mapped, mapped + SLOT_SIZE - start);
    if head > 0 {
        unmap(mapped, head);
    }
    if tail > 0 {
        unmap(start + length, tail);
    }
    Ok(start)
}

/// Gives the kernel the same advice about `count` ranges (start, bytes) of slots that are being carved. False: it refused,
/// and some of them may have it.
fn advise_all(count: usize, advice: libc::c_int, range: impl Fn(usize) -> (usize, usize)) -> bool {
    /// This process, without a descriptor; Linux 6.14.
    const PIDFD_SELF: libc::c_int = -10_000;
    let mut vector = [libc::iovec { iov_base: ptr::null_mut(), iov_len: 0 }; BATCH];
    let mut total = 0;
    for (i, v) in vector.iter_mut().enumerate().take(count) {
        let (start, length) = range(i);
        *v = libc::iovec { iov_base: start as *mut _, iov_len: length };
        total += length;
    }
    // SAFETY: guard parts and unused tops of slots that nobody has yet.
    let done = unsafe { libc::syscall(libc::SYS_process_madvise, PIDFD_SELF, vector.as_ptr(), count, advice, 0) };
    done == total as libc::c_long
}

/// Removes a mapping, or part of one, that nobody uses. If the kernel refuses (no map entry left
/// to split one) the address space stays reserved, which is harmless.
fn unmap(start: usize, length: usize) {
    // SAFETY: callers pass ranges of mappings made here in which no stack is live.
    unsafe { libc::munmap(start as *mut _, length) };
}

/// Gives memory back to the kernel; it reads as zero afterwards. Guards inside survive.
fn discard(range: Range<usize>) {
    // SAFETY: callers pass ranges of free stacks only, whose contents nobody needs.
    unsafe { libc::madvise(range.start as *mut _, range.len(), libc::MADV_DONTNEED) };
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use std::sync::{Mutex, PoisonError};

    /// Taken by the tests that use the process-wide number of `mprotect` guards.
    static MPROTECT_TESTS: Mutex<()> = Mutex::new(());

    fn page_size() -> usize {
        // SAFETY: a system call without arguments that could be wrong.
        unsafe { libc::sysconf(libc::_SC_PAGESIZE) as usize }
    }

    /// Bytes of `range` that are in memory, from the kernel's page map.
    fn resident(range: Range<usize>) -> usize {
        let pages = range.len() / page_size();
        let mut map = vec![0u8; pages];
        // SAFETY: `map` has one byte for each page of the range.
        let failed = unsafe { libc::mincore(range.start as *mut _, range.len(), map.as_mut_ptr()) };
        assert_eq!(failed, 0);
        map.iter().filter(|page| **page & 1 == 1).count() * page_size()
    }

    fn touch(address: usize) {
        // SAFETY: the tests pass addresses inside stacks they own.
        unsafe { (address as *mut u8).write_volatile(1) };
    }

    /// Runs `body` in a forked child and gives its wait status.
    pub(in crate::green) fn in_child(body: impl FnOnce() -> i32) -> i32 {
        // SAFETY: the child calls only `body` and leaves by `_exit`.
        unsafe {
            let child = libc::fork();
            if child == 0 {
                let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(body));
                libc::_exit(outcome.unwrap_or(101));
            }
            let mut status = 0;
            assert_eq!(libc::waitpid(child, &mut status, 0), child);
            status
        }
    }

    #[test]
    fn slots_are_aligned_coloured_and_found() {
        let pool = StackPool::new(GuardMode::Auto);
        let slots: Vec<_> = (0..200).map(|_| pool.acquire().unwrap()).collect();
        for slot in &slots {
            let bounds = slot.bounds();
            assert_eq!(bounds.bottom % SLOT_SIZE, 0);
            assert_eq!(bounds.top % 64, 0);
            assert!(bounds.top > bounds.bottom + SLOT_SIZE - COLOURS * COLOUR_STEP);
            for address in [bounds.bottom, bounds.limit, bounds.top - 1] {
                assert_eq!(pool.find(address), Some(bounds));
            }
            assert!(bounds.is_guard(bounds.bottom) && !bounds.is_guard(bounds.limit));
            touch(bounds.top - 8);
            touch(bounds.limit);
        }
        let local = 0u8;
        assert_eq!(pool.find(&raw const local as usize), None);
        assert_eq!(pool.find(0), None);
        assert_eq!(pool.find(usize::MAX), None);
        assert_eq!(pool.usage().live, 200);
        drop(slots);
        assert_eq!(pool.usage().free, 200);
    }

    #[test]
    fn the_warmest_slot_comes_first() {
        let pool = StackPool::new(GuardMode::Auto);
        let first = pool.acquire().unwrap();
        let second = pool.acquire().unwrap();
        let (a, b) = (first.bounds(), second.bounds());
        drop(first);
        drop(second);
        assert_eq!(pool.acquire().unwrap().bounds(), b);
        let again = pool.acquire().unwrap();
        assert_eq!(again.bounds(), b);
        assert_eq!(pool.acquire().unwrap().bounds(), a);
    }

    #[test]
    fn trimming_frees_memory_of_cold_slots_and_keeps_guards() {
        let _alone = MPROTECT_TESTS.lock().unwrap_or_else(PoisonError::into_inner);
        for mode in [GuardMode::Auto, GuardMode::Mprotect, GuardMode::Off] {
            let pool = StackPool::new(mode);
            let slots: Vec<_> = (0..32).map(|_| pool.acquire().unwrap()).collect();
            let ranges: Vec<_> = slots.iter().map(|slot| slot.limit()..slot.bounds().bottom + SLOT_SIZE).collect();
            ranges.iter().for_each(|range| touch(range.end - 8));
            let in_memory = || -> usize { ranges.iter().cloned().map(resident).sum() };
            assert_eq!(in_memory(), 32 * page_size());
            drop(slots);
            pool.trim(8);
            assert_eq!(in_memory(), 8 * page_size(), "{mode:?}");
            assert_eq!(pool.usage().warm, 8);
            pool.trim(0);
            assert_eq!(in_memory(), 0);
            // All usable again, and still guarded.
            let slots: Vec<_> = (0..32).map(|_| pool.acquire().unwrap()).collect();
            slots.iter().for_each(|slot| touch(slot.limit()));
            let bottom = slots[3].bounds().bottom;
            let status = in_child(|| {
                // SAFETY: plain system calls of a process about to end.
                unsafe { libc::signal(libc::SIGSEGV, libc::SIG_DFL) };
                touch(bottom + GUARD_SIZE - 8);
                0
            });
            let hit = libc::WIFSIGNALED(status) && libc::WTERMSIG(status) == libc::SIGSEGV;
            assert_eq!(hit, mode != GuardMode::Off, "{mode:?}");
        }
    }

    #[test]
    fn stacks_of_bursts_in_a_row_stay_warm_and_go_back_later() {
        let pool = StackPool::new(GuardMode::Auto);
        for _ in 0..3 {
            let slots: Vec<_> = (0..4000).map(|_| pool.acquire().unwrap()).collect();
            pool.age();
            drop(slots);
            pool.age();
            assert_eq!(pool.usage().free, pool.warm());
            assert!(pool.warm() >= 4000);
        }
        for _ in 0..20 {
            pool.age();
        }
        assert!(pool.usage().free >= 4000);
        assert!(pool.warm() <= KEEP_WARM, "{pool:?}");
    }

    #[test]
    fn large_stacks_are_reused_by_size() {
        let pool = StackPool::new(GuardMode::Auto);
        let large = pool.acquire_large(8 << 20).unwrap();
        let bounds = large.bounds();
        assert!(bounds.usable().len() >= 8 << 20);
        assert_eq!(pool.find(bounds.limit + 5000), Some(bounds));
        touch(bounds.limit);
        touch(bounds.top - 1);
        drop(large);
        assert_eq!(resident(bounds.usable()), 0);
        assert_ne!(pool.acquire_large(9 << 20).unwrap().bounds(), bounds);
        assert_eq!(pool.acquire_large(8 << 20).unwrap().bounds(), bounds);
        assert!(pool.acquire_large(usize::MAX - 5).is_err());
        assert!(pool.acquire_large(1 << 60).is_err());
    }

    #[test]
    fn a_hundred_thousand_slots() {
        let pool = StackPool::new(GuardMode::Auto);
        let slots: Vec<_> = (0..100_000).map(|_| pool.acquire().unwrap()).collect();
        assert_eq!(pool.usage().live, 100_000);
        let middle = slots[50_000].bounds();
        assert_eq!(pool.find(middle.limit), Some(middle));
    }

    #[test]
    #[ignore = "needs 5 GiB"]
    fn a_million_slots_in_use() {
        let pool = StackPool::new(GuardMode::Auto);
        let slots: Vec<_> = (0..1_000_000).map(|_| pool.acquire().unwrap()).collect();
        slots.iter().for_each(|slot| touch(slot.top() - 8));
    }

    #[test]
    fn mprotect_guards_end_before_the_map_entries_do() {
        let _alone = MPROTECT_TESTS.lock().unwrap_or_else(PoisonError::into_inner);
        let pool = StackPool::new(GuardMode::Mprotect);
        let slots: Vec<_> = (0..40_000).map(|_| pool.acquire().unwrap()).collect();
        let entries = std::fs::read_to_string("/proc/self/maps").unwrap();
        assert!(entries.lines().count() < 40_000);
        assert!(MPROTECT_GUARDS.load(Ordering::Relaxed) <= most_mprotect_guards());
        drop(slots);
        drop(pool);
        assert_eq!(MPROTECT_GUARDS.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn little_address_space_is_an_error_not_an_end() {
        let pool = StackPool::new(GuardMode::Auto);
        let status = in_child(|| {
            let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
            let pages: usize = statm.split(' ').next().unwrap().parse().unwrap();
            let limit = (pages * page_size() + 20 * SLOT_SIZE) as libc::rlim_t;
            let limit = libc::rlimit { rlim_cur: limit, rlim_max: limit };
            // SAFETY: a system call with a valid argument.
            unsafe { libc::setrlimit(libc::RLIMIT_AS, &limit) };
            let mut slots = Vec::with_capacity(64);
            while let Ok(slot) = pool.acquire() {
                touch(slot.limit());
                slots.push(slot);
                if slots.len() == 64 {
                    return 0;
                }
            }
            slots.len() as i32
        });
        assert!(libc::WIFEXITED(status), "status {status}");
        assert!((8..64).contains(&libc::WEXITSTATUS(status)));
    }

    #[test]
    fn the_mapping_outlives_the_pool_while_a_stack_is_in_use() {
        let pool = StackPool::new(GuardMode::Auto);
        let slot = pool.acquire().unwrap();
        drop(pool);
        touch(slot.limit());
    }
}
