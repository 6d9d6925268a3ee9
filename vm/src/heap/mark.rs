//! A collection: mark from the roots, then sweep.
//!
//! What the roots are, the Vm knows (`vm/roots.rs`); how an object is traced, its type says (`Trace`).
#![allow(unsafe_code)]

use super::block::{BLOCK_SIZE, BlockHeader, CELLS_START};
use super::header::{Header, Kind, OLD};
use super::{CLASSES, DEFAULT_BUDGET, Heap, KEEP_BLOCKS, MAJOR_STEP};
use crate::object::shape::Shapes;
use crate::value::{Gc, Value};

/// What a type tells the collector: call the marker with every reference in the object.
pub trait Trace {
    fn trace(&self, marker: &mut Marker<'_>);
}

/// The state of a running collection.
pub struct Marker<'a> {
    heap: &'a Heap,
    pub shapes: &'a Shapes,
    stack: Vec<Gc<Header>>,
    pub is_major: bool,
}

impl<'a> Marker<'a> {
    /// Begins a collection. A major one forgets what was marked.
    pub fn begin(heap: &'a Heap, shapes: &'a Shapes, is_major: bool) -> Marker<'a> {
        // SAFETY: nothing else uses the large space or the remembered set during a collection.
        let (large, remembered) = unsafe { (&mut *heap.large.get(), &mut *heap.remembered.get()) };
        large.sort();
        let mut marker = Marker { heap, shapes, stack: Vec::new(), is_major };
        let logged = std::mem::take(remembered);
        if is_major {
            // Counted anew; minor collections add what they reach.
            heap.external_bytes.set(0);
            for b in heap.blocks() {
                b.clear_marks();
            }
            for e in &mut large.entries {
                e.is_marked = false;
            }
        } else {
            // Logged objects are marked already; their references are looked at again.
            for o in logged {
                o.set_flag(OLD);
                marker.stack.push(o);
            }
        }
        marker
    }

    /// Notes bytes that a live object owns outside the heap.
    #[inline]
    pub fn count_external(&self, bytes: usize) {
        self.heap.external_bytes.set(self.heap.external_bytes.get() + bytes);
    }

    #[inline(always)]
    pub fn object<T>(&mut self, object: Gc<T>) {
        let h = object.header();
        if self.heap.set_mark(h) {
            h.set_flag(OLD);
            self.stack.push(h);
        }
    }

    /// As [`Marker::object`], for objects with many fields, most of them empty.
    #[inline(never)]
    pub(crate) fn outlined(&mut self, object: Gc<Header>) {
        self.object(object);
    }

    /// Marks a buffer whose content its owner traces.
    #[inline(always)]
    pub fn mark_only<T>(&mut self, object: Gc<T>) {
        let h = object.header();
        if self.heap.set_mark(h) {
            h.set_flag(OLD);
        }
    }

    #[inline(always)]
    pub fn value(&mut self, value: Value) {
        if let Some(o) = value.as_object() {
            self.object(o);
        }
    }

    #[inline(always)]
    pub fn option(&mut self, value: Option<Value>) {
        if let Some(v) = value {
            self.value(v);
        }
    }

    /// A word of a register window or of a native stack: anything at all.
    #[inline]
    pub fn conservative(&mut self, word: usize) {
        // Most words are none, and are found out here.
        if self.heap.may_be_object(word) {
            if let Some(o) = self.heap.find_object(word) {
                self.object(o);
            }
        }
    }

    pub(super) fn count_scanned(&mut self, bytes: usize) {
        self.heap.scanned_bytes.set(self.heap.scanned_bytes.get() + bytes);
    }

    /// Whether the object was reached so far.
    pub fn is_marked<T>(&self, object: Gc<T>) -> bool {
        self.heap.is_marked(object.header())
    }

    /// Traces until nothing grey is left.
    pub fn drain(&mut self) {
        while let Some(o) = self.stack.pop() {
            crate::object::trace(o, self);
        }
    }
}

impl Heap {
    /// Frees what was not marked and prepares the free lists. Returns the bytes that survived.
    pub(crate) fn sweep(&self, is_major: bool) -> usize {
        let mut live = 0;
        for list in &self.classes {
            list.cur.set(0);
            list.end.set(0);
            list.block.set(0);
            // SAFETY: nobody allocates during a sweep.
            unsafe { &mut *list.partial.get() }.clear();
        }
        let poison = cfg!(feature = "checks") || self.stress.get().is_some();
        // SAFETY: nobody allocates during a sweep.
        let free_blocks = unsafe { &mut *self.free_blocks.get() };
        let blocks: Vec<usize> = self.blocks().map(|b| b.address()).collect();
        for address in blocks.into_iter().rev() {
            // SAFETY: the address of a block.
            let b = unsafe { BlockHeader::of(address) };
            let size = b.cell_size.get() as usize;
            if b.is_dirty.get() || is_major {
                if b.has_drops.get() || poison {
                    self.free_dead_cells(b, poison);
                }
                for (l, m) in b.live.iter().zip(&b.mark) {
                    l.set(m.get());
                }
                b.is_dirty.set(false);
                b.is_fresh.set(false);
            }
            let marked = b.marked_count();
            live += marked * size;
            if marked == 0 {
                b.cell_size.set(0);
                free_blocks.push(address);
            } else if marked * 8 <= b.cell_count.get() as usize * 7 {
                // SAFETY: nobody allocates during a sweep.
                unsafe { &mut *self.classes[b.class.get() as usize].partial.get() }.push(address);
            }
        }
        if is_major {
            self.release_free_blocks((live / 2 / BLOCK_SIZE).max(KEEP_BLOCKS));
        }
        // SAFETY: as above.
        let large = unsafe { &mut *self.large.get() };
        let mut i = 0;
        while i < large.entries.len() {
            let e = large.entries[i];
            if e.is_marked {
                live += e.size;
                i += 1;
            } else {
                // SAFETY: an object that nothing refers to.
                unsafe { crate::object::drop_in_place(Gc::from_ptr(e.object as *mut Header)) };
                large.free(i);
            }
        }
        self.allocated_before.set(self.allocated());
        self.since_collection.set(0);
        self.is_exhausted.set(false);
        self.collections.set(self.collections.get() + 1);
        live += self.external_bytes.get();
        self.live_bytes.set(live);
        // Stacks that are scanned are work, too: where there are many, it is done less often.
        let scanned = self.scanned_bytes.take();
        if is_major {
            self.major_at.set(live + ((live + scanned) * 3 / 4).max(MAJOR_STEP));
        }
        self.budget.set((live / 8).max(scanned).clamp(DEFAULT_BUDGET, 8 * DEFAULT_BUDGET));
        live
    }

    /// Runs destructors of dead objects in a block, and poisons their cells when asked.
    fn free_dead_cells(&self, b: &BlockHeader, poison: bool) {
        let size = b.cell_size.get() as usize;
        for n in 0..b.cell_count.get() as usize {
            let cell = b.address() + CELLS_START + n * size;
            if b.is_live(cell) && !b.is_marked(cell) {
                // SAFETY: a live cell begins with a header.
                let h = unsafe { Gc::from_ptr(cell as *mut Header) };
                if h.kind() != Kind::Free {
                    if b.has_drops.get() {
                        // SAFETY: nothing refers to the object any more.
                        unsafe { crate::object::drop_in_place(h) };
                    }
                    h.set_free();
                }
                if poison {
                    // SAFETY: the body of a dead cell. The pattern is no reference (low bits 110).
                    unsafe { std::ptr::write_bytes((cell + 8) as *mut u8, 0xDE, size - 8) };
                }
            }
        }
    }

    /// Whether the next collection should be a major one.
    pub(crate) fn wants_major(&self) -> bool {
        self.live_bytes.get() >= self.major_at.get()
    }

    /// Runs the destructors of all objects: the end of the Vm.
    pub(super) fn drop_everything(&mut self) {
        for b in self.blocks() {
            b.clear_marks();
            if b.class.get() as usize >= CLASSES {
                self.free_dead_cells(b, false);
            }
        }
        // SAFETY: nobody uses the heap any more.
        let large = unsafe { &mut *self.large.get() };
        for e in &large.entries {
            // SAFETY: nobody uses the heap any more.
            unsafe { crate::object::drop_in_place(Gc::from_ptr(e.object as *mut Header)) };
        }
    }
}
