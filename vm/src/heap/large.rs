//! Objects too big for a block: each in an allocation of its own, found through a prefix in front of it.
#![allow(unsafe_code)]

use std::alloc::{Layout, alloc_zeroed, dealloc, realloc};
use std::cell::Cell;

use super::Heap;

/// Sixteen bytes in front of each large object.
#[repr(C)]
pub struct LargePrefix {
    pub heap: *const Heap,
    /// Place in the heap's list.
    pub index: Cell<u64>,
}

pub const PREFIX: usize = size_of::<LargePrefix>();

impl LargePrefix {
    #[inline]
    pub fn of<'a>(object: usize) -> &'a LargePrefix {
        // SAFETY: only called for objects flagged LARGE, which `LargeSpace::alloc` put behind a prefix.
        unsafe { &*((object - PREFIX) as *const LargePrefix) }
    }
}

#[derive(Clone, Copy)]
pub struct Entry {
    /// Address of the object (behind the prefix).
    pub object: usize,
    /// Bytes of the object.
    pub size: usize,
    pub is_marked: bool,
}

/// The large objects of a heap.
#[derive(Default)]
pub struct LargeSpace {
    pub entries: Vec<Entry>,
    /// (address, one past the end, index) sorted, for conservative look-ups; made at the start of a collection.
    pub sorted: Vec<(usize, usize, usize)>,
    /// From the first to the last of them.
    pub range: std::ops::Range<usize>,
}

fn layout(size: usize) -> Option<Layout> {
    Layout::from_size_align(size.checked_add(PREFIX)?, 16).ok()
}

impl LargeSpace {
    /// Zeroed memory for an object of `size` bytes; `None` when there is none.
    pub fn alloc(&mut self, heap: *const Heap, size: usize) -> Option<usize> {
        let layout = layout(size)?;
        // SAFETY: the layout is not empty.
        let p = unsafe { alloc_zeroed(layout) };
        if p.is_null() {
            return None;
        }
        let index = self.entries.len();
        // SAFETY: fresh memory of at least PREFIX bytes, aligned to 16.
        unsafe { (p as *mut LargePrefix).write(LargePrefix { heap, index: Cell::new(index as u64) }) };
        let object = p as usize + PREFIX;
        self.entries.push(Entry { object, size, is_marked: false });
        Some(object)
    }

    /// Changes the size of an object that nothing else points into; new memory is not zeroed. Returns its new address.
    pub fn realloc(&mut self, object: usize, size: usize) -> Option<usize> {
        let index = LargePrefix::of(object).index.get() as usize;
        let old = layout(self.entries[index].size)?;
        let new = layout(size)?;
        // SAFETY: allocated by `alloc` or here with the layout `old`.
        let p = unsafe { realloc((object - PREFIX) as *mut u8, old, new.size()) };
        if p.is_null() {
            return None;
        }
        let object = p as usize + PREFIX;
        self.entries[index].object = object;
        self.entries[index].size = size;
        Some(object)
    }

    /// Frees the entry at `index`; the last entry takes its place.
    pub fn free(&mut self, index: usize) {
        let e = self.entries.swap_remove(index);
        if let Some(moved) = self.entries.get(index) {
            LargePrefix::of(moved.object).index.set(index as u64);
        }
        if let Some(layout) = layout(e.size) {
            // SAFETY: allocated with this layout and no longer referred to.
            unsafe { dealloc((e.object - PREFIX) as *mut u8, layout) };
        }
    }

    pub fn sort(&mut self) {
        self.sorted.clear();
        self.sorted.extend(self.entries.iter().enumerate().map(|(i, e)| (e.object, e.object + e.size, i)));
        self.sorted.sort_unstable();
        self.range = match (self.sorted.first(), self.sorted.last()) {
            // One past the end of an object counts too.
            (Some(first), Some(last)) => first.0..last.1 + 1,
            _ => 0..0,
        };
    }

    /// The entry into which `address` points (one past its end counts too). Valid after `sort`.
    pub fn find(&self, address: usize) -> Option<usize> {
        let n = self.sorted.partition_point(|e| e.0 <= address);
        let &(_, end, index) = self.sorted.get(n.checked_sub(1)?)?;
        if address <= end { Some(index) } else { None }
    }
}

impl Drop for LargeSpace {
    fn drop(&mut self) {
        while !self.entries.is_empty() {
            self.free(self.entries.len() - 1);
        }
    }
}
