//! The heap: non-moving cells in size classes, generational by sticky mark bits.
//!
//! Start here for allocation, in `mark.rs` for a collection, in `header.rs` for what every object begins with.
//!
//! * Small objects (up to [`MAX_SMALL`] bytes) lie in 64 KiB blocks of equal cells, in one reserved range of
//!   addresses; larger ones in allocations of their own.
//! * A collection marks from roots; the native stacks are scanned conservatively, objects precisely. What is marked is
//!   *old*: the next minor collection does not look at it again unless the write barrier logged it. A major
//!   collection forgets all marks first.
//! * Free cells are found as holes in the bitmap of live cells and handed out by bumping a pointer through zeroed
//!   memory, so that an object that is not yet written has kind `Free` and is skipped.
//!
//! Invariants: outside a collection every object with the flag OLD is marked and refers to marked objects only,
//! or is in the remembered set (and then has not the flag). Nothing ever moves.
#![allow(unsafe_code)]

pub mod barrier;
pub mod block;
pub mod conservative;
pub mod header;
pub mod large;
pub mod mark;

use std::cell::{Cell, UnsafeCell};

use block::{BLOCK_SIZE, BlockHeader, CELLS_START};
use header::{Header, LARGE};
use large::LargeSpace;

use crate::value::Gc;

/// Bytes of the largest object that lies in a block.
pub const MAX_SMALL: usize = 8192;
const CLASS_SIZES: [u16; 46] = [
    16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 272, 288, 304, 320, 336, 352, 368, 384, 400, 416, 432, 448, 464, 480, 496, 512,
    640, 768, 896, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 4096, 5120, 6144, 8192,
];
const CLASSES: usize = CLASS_SIZES.len();

/// The class of cells for objects of `size` bytes, at most [`MAX_SMALL`].
#[inline(always)]
fn class_of(size: usize) -> usize {
    if size <= 512 { (size.max(1) - 1) >> 4 } else { 32 + CLASS_SIZES[32..].partition_point(|&s| (s as usize) < size) }
}

/// Bump allocation state of one class.
struct FreeList {
    cur: Cell<usize>,
    end: Cell<usize>,
    /// The block that [cur, end) lies in, or 0, and where the search for its next hole begins.
    block: Cell<usize>,
    next_cell: Cell<usize>,
    /// Blocks of the class with room, the next one to use last.
    partial: UnsafeCell<Vec<usize>>,
}

/// How the collector behaves under `GSCRIPT_GC=stress`.
#[derive(Clone, Copy, Debug)]
pub struct Stress {
    /// Collect at every so many allocations.
    pub every: u32,
}

pub struct Heap {
    base: usize,
    reserved: usize,
    /// Bytes from `base` on that can be used.
    committed: Cell<usize>,
    /// Bytes from `base` on that belong to blocks handed out at some time.
    used: Cell<usize>,
    /// Blocks that are not in use: those that hold memory, the next one to use last, and the others.
    free_blocks: UnsafeCell<Vec<usize>>,
    clean_blocks: UnsafeCell<Vec<usize>>,
    classes: [FreeList; CLASSES * 2],
    large: UnsafeCell<LargeSpace>,
    remembered: UnsafeCell<Vec<Gc<Header>>>,

    /// Bytes handed out (holes, large objects, what objects own elsewhere) since the last collection.
    since_collection: Cell<usize>,
    /// The same before the last collection.
    allocated_before: Cell<u64>,
    /// When `since_collection` passes this, the next allocation collects.
    pub budget: Cell<usize>,
    /// Bytes of marked cells and large objects after the last collection.
    pub live_bytes: Cell<usize>,
    /// `live_bytes` at which the next collection is a major one.
    pub major_at: Cell<usize>,
    /// Bytes that live objects own outside the heap (big ints, native objects).
    pub external_bytes: Cell<usize>,
    /// Bytes of native stacks and windows that the running collection looked at.
    scanned_bytes: Cell<usize>,
    pub stress: Cell<Option<Stress>>,
    stress_left: Cell<u32>,
    pub collections: Cell<u64>,
    /// The system gave no more memory: [`EMERGENCY`] is being used.
    is_exhausted: Cell<bool>,
}

/// The nursery: bytes allocated between two minor collections. About what a core has of second-level cache.
pub const DEFAULT_BUDGET: usize = 2 << 20;
/// What may be promoted at least between two major collections. Small: what dies old keeps holes small, and a small heap
/// is marked quickly.
const MAJOR_STEP: usize = 512 << 10;
/// Unused blocks that keep their memory at least: a program that goes on needs them at once.
const KEEP_BLOCKS: usize = 128;
/// Bytes of a hole handed out at once.
const CHUNK: usize = 8 << 10;
const COMMIT_STEP: usize = 2 << 20;
/// What is committed beyond the blocks in use.
const EMERGENCY: usize = 1 << 20;

impl Heap {
    /// A heap with an empty range of reserved addresses.
    pub fn new() -> std::io::Result<Box<Heap>> {
        let mut reserved = 64usize << 30;
        let base = loop {
            // SAFETY: a fresh mapping without access.
            let p = unsafe {
                libc::mmap(std::ptr::null_mut(), reserved + BLOCK_SIZE, libc::PROT_NONE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE, -1, 0)
            };
            if p != libc::MAP_FAILED {
                break p as usize;
            }
            reserved /= 2;
            if reserved < 64 << 20 {
                return Err(std::io::Error::last_os_error());
            }
        };
        let aligned = base.next_multiple_of(BLOCK_SIZE);
        Ok(Box::new(Heap {
            base: aligned,
            reserved,
            committed: Cell::new(0),
            used: Cell::new(0),
            free_blocks: UnsafeCell::new(Vec::new()),
            clean_blocks: UnsafeCell::new(Vec::new()),
            classes: std::array::from_fn(|_| FreeList {
                cur: Cell::new(0),
                end: Cell::new(0),
                block: Cell::new(0),
                next_cell: Cell::new(0),
                partial: UnsafeCell::new(Vec::new()),
            }),
            large: UnsafeCell::new(LargeSpace::default()),
            remembered: UnsafeCell::new(Vec::new()),
            since_collection: Cell::new(0),
            allocated_before: Cell::new(0),
            budget: Cell::new(DEFAULT_BUDGET),
            live_bytes: Cell::new(0),
            major_at: Cell::new(4 << 20),
            external_bytes: Cell::new(0),
            scanned_bytes: Cell::new(0),
            stress: Cell::new(None),
            stress_left: Cell::new(0),
            collections: Cell::new(0),
            is_exhausted: Cell::new(false),
        }))
    }

    /// Sets the stress mode: from now on every allocation takes the slow path and counts.
    pub fn set_stress(&self, stress: Option<Stress>) {
        self.stress.set(stress);
        self.stress_left.set(stress.map_or(0, |s| s.every));
        for f in &self.classes {
            f.cur.set(f.end.get());
        }
    }

    /// Zeroed memory for a small object, or `None`: then [`Heap::needs_collection`] is to be asked and
    /// [`Heap::alloc_small_slow`] called.
    #[inline(always)]
    pub fn alloc_small(&self, size: usize, has_drops: bool) -> Option<usize> {
        let class = class_of(size) + if has_drops { CLASSES } else { 0 };
        let list = &self.classes[class];
        let p = list.cur.get();
        let next = p + CLASS_SIZES[class % CLASSES] as usize;
        if next <= list.end.get() {
            list.cur.set(next);
            Some(p)
        } else {
            None
        }
    }

    /// Whether the next slow allocation has to collect first.
    #[inline]
    pub fn needs_collection(&self) -> bool {
        if self.stress.get().is_some() {
            let left = self.stress_left.get();
            if left <= 1 {
                self.stress_left.set(self.stress.get().map_or(0, |s| s.every));
                return true;
            }
            self.stress_left.set(left - 1);
        }
        self.since_collection.get() > self.budget.get()
    }

    /// Counts bytes that objects hold outside the heap, or that were allocated as large objects.
    pub fn count_bytes(&self, bytes: usize) {
        self.since_collection.set(self.since_collection.get() + bytes);
    }

    /// All bytes that were ever handed out.
    pub fn allocated(&self) -> u64 {
        self.allocated_before.get() + self.since_collection.get() as u64
    }

    /// Gives the memory of unused blocks back to the system, but for `keep` of them.
    pub fn release_free_blocks(&self, keep: usize) {
        // SAFETY: used by the allocator and the sweep only, never at once.
        let (free, clean) = unsafe { (&mut *self.free_blocks.get(), &mut *self.clean_blocks.get()) };
        // The lowest ones are kept, and used first.
        free.sort_unstable_by(|a, b| b.cmp(a));
        let excess = &free[..free.len().saturating_sub(keep)];
        for run in excess.chunk_by(|higher, lower| higher - lower == BLOCK_SIZE) {
            let (last, first) = (run[0], run[run.len() - 1]);
            // SAFETY: blocks without objects. Their headers read as zero from now on, which says that they are not in use.
            unsafe { libc::madvise(first as *mut libc::c_void, last - first + BLOCK_SIZE, libc::MADV_DONTNEED) };
        }
        clean.extend_from_slice(excess);
        free.drain(..excess.len());
    }

    /// All bytes in use, as far as known: live after the last collection, and handed out since.
    pub fn bytes_in_use(&self) -> usize {
        self.live_bytes.get() + self.since_collection.get()
    }

    /// As [`Heap::alloc_small`], finding the next hole. Ends the process when the address range is exhausted.
    #[cold]
    #[inline(never)]
    pub fn alloc_small_slow(&self, size: usize, has_drops: bool) -> usize {
        let class = class_of(size) + if has_drops { CLASSES } else { 0 };
        let cell = CLASS_SIZES[class % CLASSES] as usize;
        let list = &self.classes[class];
        loop {
            if list.block.get() != 0 {
                // SAFETY: `block` is the address of a block of ours.
                let block = unsafe { BlockHeader::of(list.block.get()) };
                if let Some((first, mut end)) = block.next_hole(list.next_cell.get()) {
                    if self.stress.get().is_some() {
                        end = first + 1;
                    }
                    // Not too much at once: what is zeroed here is still near when it is handed out.
                    end = end.min(first + (CHUNK / cell).max(1));
                    let start = block.address() + CELLS_START + first * cell;
                    let stop = block.address() + CELLS_START + end * cell;
                    block.set_live_range(first, end);
                    block.is_dirty.set(true);
                    if !block.is_fresh.get() {
                        // SAFETY: the hole holds no live object.
                        unsafe { std::ptr::write_bytes(start as *mut u8, 0, stop - start) };
                    }
                    self.count_bytes(stop - start);
                    list.next_cell.set(end);
                    list.cur.set(start + cell);
                    list.end.set(stop);
                    return start;
                }
            }
            // SAFETY: the list is used by this function and by the sweep only, never at once.
            let next = unsafe { &mut *list.partial.get() }.pop();
            let block = match next {
                Some(b) => b,
                None => self.new_block(class, cell),
            };
            list.block.set(block);
            list.next_cell.set(0);
        }
    }

    fn new_block(&self, class: usize, cell: usize) -> usize {
        // SAFETY: used here and by the sweep only, never at once.
        let free = unsafe { &mut *self.free_blocks.get() };
        // SAFETY: as above.
        let clean = unsafe { &mut *self.clean_blocks.get() };
        let mut is_fresh = false;
        let address = match free.pop().or_else(|| clean.pop()) {
            Some(a) => a,
            None => {
                is_fresh = true;
                let at = self.used.get();
                // Some memory is always put aside, out of which a script is ended when there is no more.
                if at + BLOCK_SIZE + EMERGENCY > self.committed.get() && !self.is_exhausted.get() {
                    let step = COMMIT_STEP.min(self.reserved - self.committed.get());
                    if step < BLOCK_SIZE || !self.commit(step) {
                        self.is_exhausted.set(true);
                    }
                }
                if at + BLOCK_SIZE > self.committed.get() {
                    // Code without any poll has used up that as well: nothing can be allocated, not even an exception.
                    eprintln!("gscript: out of memory");
                    std::process::abort();
                }
                self.used.set(at + BLOCK_SIZE);
                self.base + at
            }
        };
        // SAFETY: committed memory of a whole block, aligned; all-zero bytes are a valid header, and `heap` is set here.
        let header = unsafe {
            (*(address as *mut BlockHeader)).heap = self;
            BlockHeader::of(address)
        };
        header.init(cell, class as u8, class >= CLASSES);
        header.is_fresh.set(is_fresh);
        address
    }

    /// Whether the system gave no more memory for small objects since the last collection.
    #[inline]
    pub fn is_exhausted(&self) -> bool {
        self.is_exhausted.get()
    }

    /// Whether there is room for some small objects although the system gives no more memory.
    pub(crate) fn has_free_blocks(&self) -> bool {
        // SAFETY: used by allocation and sweep only, never at once.
        unsafe { &*self.free_blocks.get() }.len() * BLOCK_SIZE >= EMERGENCY
    }

    fn commit(&self, step: usize) -> bool {
        // SAFETY: a part of our own reservation that was not accessible so far.
        let r = unsafe { libc::mprotect((self.base + self.committed.get()) as *mut libc::c_void, step, libc::PROT_READ | libc::PROT_WRITE) };
        if r == 0 {
            self.committed.set(self.committed.get() + step);
        }
        r == 0
    }

    /// Zeroed memory for a large object; the caller writes a header with the flag LARGE. `None`: no memory.
    pub fn alloc_large(&self, size: usize) -> Option<usize> {
        // SAFETY: no other reference into the large space is alive: its methods do not call back.
        let p = unsafe { &mut *self.large.get() }.alloc(self, size)?;
        self.count_bytes(size);
        Some(p)
    }

    /// Grows or shrinks a large object that only its owner refers to. The new address, or `None`: no memory.
    pub fn realloc_large(&self, object: usize, old_size: usize, size: usize) -> Option<usize> {
        // SAFETY: as in `alloc_large`.
        let p = unsafe { &mut *self.large.get() }.realloc(object, size)?;
        self.count_bytes(size.saturating_sub(old_size));
        Some(p)
    }

    /// Frees a large buffer at once; its owner is the only one who knew it.
    pub fn free_large(&self, object: usize) {
        let index = large::LargePrefix::of(object).index.get() as usize;
        // SAFETY: as in `alloc_large`.
        unsafe { &mut *self.large.get() }.free(index);
    }

    pub(crate) fn remember(&self, object: Gc<Header>) {
        // SAFETY: no other reference into the set is alive: it is taken whole by the collector.
        unsafe { &mut *self.remembered.get() }.push(object);
    }

    /// Whether the address lies in a block (and not in a large object or elsewhere).
    #[inline(always)]
    fn contains(&self, address: usize) -> bool {
        address.wrapping_sub(self.base) < self.used.get()
    }

    /// Whether `word` lies where objects lie, during a collection.
    #[inline(always)]
    pub(crate) fn may_be_object(&self, word: usize) -> bool {
        // SAFETY: as in `alloc_large`.
        self.contains(word) || unsafe { &*self.large.get() }.range.contains(&word)
    }

    /// The object that `word` may point into, by address alone. Words that are not references answer `None`.
    pub(crate) fn find_object(&self, word: usize) -> Option<Gc<Header>> {
        if self.contains(word) {
            // SAFETY: inside the used part of the region there are only blocks.
            let block = unsafe { BlockHeader::of(word) };
            if block.cell_size.get() == 0 {
                return None;
            }
            let cell = block.cell_of(word)?;
            if !block.is_live(cell) {
                return None;
            }
            // SAFETY: a live cell begins with a header, of kind Free when nothing was written yet.
            let h = unsafe { Gc::from_ptr(cell as *mut Header) };
            return if h.kind() == header::Kind::Free { None } else { Some(h) };
        }
        // SAFETY: as in `alloc_large`.
        let large = unsafe { &*self.large.get() };
        let index = large.find(word)?;
        // SAFETY: large entries are addresses of objects.
        let h = unsafe { Gc::from_ptr(large.entries[index].object as *mut Header) };
        if h.kind() == header::Kind::Free { None } else { Some(h) }
    }

    /// Sets the mark of an object; true when it was not marked.
    #[inline(always)]
    fn set_mark(&self, object: Gc<Header>) -> bool {
        if !object.has_flag(LARGE) {
            // SAFETY: a small object lies in a block.
            return unsafe { BlockHeader::of(object.address()) }.set_mark(object.address());
        }
        let index = large::LargePrefix::of(object.address()).index.get() as usize;
        // SAFETY: as in `alloc_large`.
        let entry = &mut unsafe { &mut *self.large.get() }.entries[index];
        !std::mem::replace(&mut entry.is_marked, true)
    }

    /// Whether the last collection (or the running one) reached the object.
    pub fn is_marked(&self, object: Gc<Header>) -> bool {
        if !object.has_flag(LARGE) {
            // SAFETY: a small object lies in a block.
            return unsafe { BlockHeader::of(object.address()) }.is_marked(object.address());
        }
        let index = large::LargePrefix::of(object.address()).index.get() as usize;
        // SAFETY: as in `alloc_large`.
        unsafe { &*self.large.get() }.entries[index].is_marked
    }

    /// Every block in use.
    fn blocks(&self) -> impl Iterator<Item = &BlockHeader> {
        // SAFETY: the used part of the region consists of blocks; those on the free list have cell size 0.
        (0..self.used.get()).step_by(BLOCK_SIZE).map(|at| unsafe { BlockHeader::of(self.base + at) }).filter(|b| b.cell_size.get() != 0)
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        self.drop_everything();
        // SAFETY: our own reservation; the objects in it were dropped.
        unsafe { libc::munmap(self.base as *mut libc::c_void, self.reserved) };
    }
}
