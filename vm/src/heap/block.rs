//! Blocks: 64 KiB of cells of one size, with their bitmaps in front.
//!
//! ```text
//!   +0      BlockHeader: owner, cell size, counts, live bits, mark bits     (CELLS_START bytes)
//!   +1152   cell 0, cell 1, …
//! ```
//!
//! `live` says which cells may hold objects: those marked by the last collection and those handed out since. `mark`
//! is what the running (or last) collection reached. One bit a cell, so that holes are found and taken by the word.
#![allow(unsafe_code)]

use std::cell::Cell;

use super::Heap;

pub const BLOCK_SIZE: usize = 64 * 1024;
pub const GRANULE: usize = 16;
const WORDS: usize = BLOCK_SIZE / GRANULE / 64;
/// Where the cells begin in a block.
pub const CELLS_START: usize = 1152;

#[repr(C)]
pub struct BlockHeader {
    pub heap: *const Heap,
    /// Bytes of a cell; 0 for a block that is not in use.
    pub cell_size: Cell<u32>,
    /// `2^32 / cell_size` rounded up, to divide by multiplying.
    reciprocal: Cell<u32>,
    pub cell_count: Cell<u32>,
    pub class: Cell<u8>,
    /// Cells were handed out since the last collection.
    pub is_dirty: Cell<bool>,
    /// The cells not yet handed out were never written: the system gave them as zeros.
    pub is_fresh: Cell<bool>,
    /// Objects here need their Rust destructor.
    pub has_drops: Cell<bool>,
    pub live: [Cell<u64>; WORDS],
    pub mark: [Cell<u64>; WORDS],
}

const _: () = assert!(size_of::<BlockHeader>() <= CELLS_START && CELLS_START % GRANULE == 0);

impl BlockHeader {
    /// Prepares the block for cells of `cell_size` bytes.
    pub fn init(&self, cell_size: usize, class: u8, has_drops: bool) {
        self.cell_size.set(cell_size as u32);
        self.reciprocal.set((1u64 << 32).div_ceil(cell_size as u64) as u32);
        self.cell_count.set(((BLOCK_SIZE - CELLS_START) / cell_size) as u32);
        self.class.set(class);
        self.has_drops.set(has_drops);
        self.is_dirty.set(false);
        for w in self.live.iter().chain(&self.mark) {
            w.set(0);
        }
    }

    #[inline(always)]
    pub fn address(&self) -> usize {
        self as *const BlockHeader as usize
    }

    /// The block in which an object of the heap's region lies.
    ///
    /// # Safety
    /// `address` lies in a block of a heap.
    #[inline(always)]
    pub unsafe fn of<'a>(address: usize) -> &'a BlockHeader {
        // SAFETY: blocks are aligned to their size and begin with their header.
        unsafe { &*((address & !(BLOCK_SIZE - 1)) as *const BlockHeader) }
    }

    /// The first byte of the cell that `address` (in this block) points into.
    #[inline]
    pub fn cell_of(&self, address: usize) -> Option<usize> {
        let offset = (address & (BLOCK_SIZE - 1)).checked_sub(CELLS_START)?;
        let n = (offset as u64 * self.reciprocal.get() as u64 >> 32) as usize;
        if n >= self.cell_count.get() as usize {
            return None;
        }
        Some(self.address() + CELLS_START + n * self.cell_size.get() as usize)
    }

    /// The number of the cell that begins at `cell`.
    #[inline(always)]
    fn index_of(&self, cell: usize) -> usize {
        let offset = (cell & (BLOCK_SIZE - 1)) - CELLS_START;
        (offset as u64 * self.reciprocal.get() as u64 >> 32) as usize
    }

    #[inline(always)]
    fn bit(&self, cell: usize) -> (usize, u64) {
        let n = self.index_of(cell);
        // The mask changes nothing for a cell of the block; it spares the bounds check.
        (n / 64 & (WORDS - 1), 1 << (n % 64))
    }

    #[inline(always)]
    pub fn is_live(&self, cell: usize) -> bool {
        let (w, m) = self.bit(cell);
        self.live[w].get() & m != 0
    }

    /// Cells `[first, end)` may hold objects from now on.
    pub fn set_live_range(&self, first: usize, end: usize) {
        let mut n = first;
        while n < end {
            let w = n / 64;
            let stop = end.min((w + 1) * 64);
            let ones = u64::MAX >> (64 - (stop - n));
            self.live[w].set(self.live[w].get() | ones << (n % 64));
            n = stop;
        }
    }

    pub fn clear_live(&self, cell: usize) {
        let (w, m) = self.bit(cell);
        self.live[w].set(self.live[w].get() & !m);
    }

    #[inline(always)]
    pub fn is_marked(&self, cell: usize) -> bool {
        let (w, m) = self.bit(cell);
        self.mark[w].get() & m != 0
    }

    /// Sets the mark; true when it was not set before.
    #[inline(always)]
    pub fn set_mark(&self, cell: usize) -> bool {
        let (w, m) = self.bit(cell);
        let old = self.mark[w].get();
        self.mark[w].set(old | m);
        old & m == 0
    }

    pub fn clear_marks(&self) {
        for w in &self.mark {
            w.set(0);
        }
    }

    /// Cells that hold objects by the last collection.
    pub fn marked_count(&self) -> usize {
        self.mark.iter().map(|w| w.get().count_ones() as usize).sum()
    }

    /// The next run of cells that are not live, from cell `from` on, as (first cell, one past the last).
    pub fn next_hole(&self, from: usize) -> Option<(usize, usize)> {
        let count = self.cell_count.get() as usize;
        let first = self.scan(from, count, u64::MAX);
        if first >= count {
            return None;
        }
        Some((first, self.scan(first + 1, count, 0)))
    }

    /// The first cell from `from` on whose live bit, exclusive-or that of `flip`, is set; `count` when there is none.
    #[inline]
    fn scan(&self, from: usize, count: usize, flip: u64) -> usize {
        let mut n = from;
        while n < count {
            let word = (self.live[n / 64].get() ^ flip) >> (n % 64);
            if word != 0 {
                return (n + word.trailing_zeros() as usize).min(count);
            }
            n = (n / 64 + 1) * 64;
        }
        count
    }
}
