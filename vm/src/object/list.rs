//! Lists: of any values, or, while all items are floats, of raw `f64`.
//!
//! The kind of storage shows nowhere outside this file but in the interpreter's fast paths: an empty list takes the
//! kind of what is put in first; the first other value turns a float list into a general one.
#![allow(unsafe_code)]

use std::cell::Cell;

use crate::heap::header::{Header, KIND_FLAG_A, Kind};
use crate::heap::mark::{Marker, Trace};
use crate::object::buffer;
use crate::object::class::Type;
use crate::value::{Gc, HeapObject, Value, float_word, is_float_word, word_float};
use crate::vm::Cx;

/// Header flag: the items are raw `f64`.
pub const FLOATS: u8 = KIND_FLAG_A;

#[repr(C)]
pub struct List {
    header: Header,
    len: Cell<usize>,
    capacity: Cell<u32>,
    /// Items below were not changed since the collector saw them: a list that grows is not traced whole again and again.
    changed_from: Cell<u32>,
    /// Where the items are: the payload of a buffer of `capacity` words, or the words behind this struct, in the same
    /// cell, for a list that was made at its length; 0 when the capacity is 0.
    items: Cell<usize>,
}

/// Items that a new list can have in its own cell.
const MAX_INLINE: usize = 32;

// SAFETY: repr(C), header first.
unsafe impl HeapObject for List {
    const KIND: Kind = Kind::List;
}

impl Trace for List {
    fn trace(&self, m: &mut Marker<'_>) {
        if self.items.get() == 0 {
            return;
        }
        if !self.is_inline() {
            // SAFETY: the payload of our buffer.
            m.mark_only(unsafe { buffer::of_payload(self.items.get()) });
        }
        if !self.is_floats() {
            let from = if m.is_major { 0 } else { self.changed_from.get() as usize };
            for i in from..self.len.get() {
                m.option(Value::from_word(self.word(i)));
            }
        }
        self.changed_from.set(self.len.get() as u32);
    }
}

impl List {
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.len.get()
    }

    pub fn is_empty(&self) -> bool {
        self.len.get() == 0
    }

    #[inline(always)]
    fn capacity(&self) -> usize {
        self.capacity.get() as usize
    }

    /// The item at `i` changed: to be called where an item is stored that is not a new last one.
    #[inline(always)]
    fn changed(&self, i: usize) {
        if i < self.changed_from.get() as usize {
            self.changed_from.set(i as u32);
        }
    }

    /// The items lie in the list's own cell.
    #[inline(always)]
    fn is_inline(&self) -> bool {
        self.items.get() == self as *const List as usize + size_of::<List>()
    }

    /// Something was put in since the list was made.
    pub(crate) fn has_storage(&self) -> bool {
        self.items.get() != 0
    }

    #[inline(always)]
    pub fn is_floats(&self) -> bool {
        self.header.has_flag(FLOATS)
    }

    #[inline(always)]
    fn word(&self, i: usize) -> u64 {
        debug_assert!(i < self.capacity());
        // SAFETY: callers stay below the capacity.
        unsafe { *(self.items.get() as *const u64).add(i) }
    }

    #[inline(always)]
    fn set_word(&self, i: usize, word: u64) {
        debug_assert!(i < self.capacity());
        // SAFETY: callers stay below the capacity.
        unsafe { *(self.items.get() as *mut u64).add(i) = word }
    }

    /// The item, when it needs no allocation: not for heap floats of a float list.
    #[inline(always)]
    pub fn get_fast(&self, i: usize) -> Option<Value> {
        if i >= self.len.get() {
            return None;
        }
        let w = self.word(i);
        if self.is_floats() {
            let w = float_word(f64::from_bits(w));
            return if is_float_word(w) { Value::from_word(w) } else { None };
        }
        Value::from_word(w)
    }

    /// The raw floats of a float list.
    pub fn as_floats(&self) -> Option<&[Cell<f64>]> {
        if !self.is_floats() || self.len() == 0 {
            return None;
        }
        // SAFETY: `len` initialised words of plain floats; cells, because scripts may change them meanwhile.
        Some(unsafe { std::slice::from_raw_parts(self.items.get() as *const Cell<f64>, self.len()) })
    }
}

impl Gc<List> {
    /// Stores over an existing item when that needs no change of storage; false: nothing was done.
    #[inline(always)]
    pub fn set_fast(self, i: usize, v: Value) -> bool {
        if i >= self.len.get() {
            return false;
        }
        if self.is_floats() {
            if v.is_immediate_float() {
                self.set_word(i, word_float(v.word()).to_bits());
                return true;
            }
            return false;
        }
        self.set_word(i, v.word());
        if v.is_object() {
            self.changed(i);
            self.barrier();
        }
        true
    }

    /// Appends when there is room and the storage fits; false: nothing was done.
    #[inline(always)]
    pub fn push_fast(self, v: Value) -> bool {
        let n = self.len.get();
        if n >= self.capacity() {
            return false;
        }
        if self.is_floats() {
            if !v.is_immediate_float() {
                return false;
            }
            self.set_word(n, word_float(v.word()).to_bits());
        } else {
            self.set_word(n, v.word());
            if v.is_object() {
                self.barrier();
            }
        }
        self.len.set(n + 1);
        true
    }

    /// Shortens; the words behind are cleared.
    pub fn truncate(self, len: usize) {
        while self.len.get() > len {
            let n = self.len.get() - 1;
            self.set_word(n, 0);
            self.len.set(n);
        }
        self.changed(len);
        if len == 0 {
            self.header.clear_flag(FLOATS);
        }
    }

    pub fn reverse(self) {
        let n = self.len();
        self.changed(0);
        self.barrier();
        for i in 0..n / 2 {
            let (a, b) = (self.word(i), self.word(n - 1 - i));
            self.set_word(i, b);
            self.set_word(n - 1 - i, a);
        }
    }
}

impl Cx {
    /// An empty list.
    pub fn list_new(&mut self) -> Gc<List> {
        let class = self.types.list;
        self.list_of(class)
    }

    /// An empty list of `class` (`list` or a subclass).
    pub fn list_of(&mut self, class: Gc<Type>) -> Gc<List> {
        self.alloc_of(class, |header| List { header, len: Cell::new(0), capacity: Cell::new(0), changed_from: Cell::new(0), items: Cell::new(0) })
    }

    /// A list with room for `capacity` items.
    pub fn list_with_capacity(&mut self, capacity: usize) -> Gc<List> {
        if capacity <= MAX_INLINE {
            let shape = self.types.list.instance_shape.get();
            let p = self.alloc_small(size_of::<List>() + capacity * 8, false);
            let items = if capacity == 0 { 0 } else { p + size_of::<List>() };
            let list = List {
                header: Header::new(Kind::List, shape),
                len: Cell::new(0),
                capacity: Cell::new(capacity as u32),
                changed_from: Cell::new(0),
                items: Cell::new(items),
            };
            // SAFETY: fresh zeroed memory of that size.
            return unsafe {
                (p as *mut List).write(list);
                Gc::from_ptr(p as *mut List)
            };
        }
        let list = self.list_new();
        if capacity > 0 {
            self.list_grow(list, capacity);
        }
        list
    }

    /// A list of these items. The slice may be a register window or another object's items.
    pub fn list_from(&mut self, items: &[Value]) -> Gc<List> {
        let list = self.list_with_capacity(items.len());
        let floats = !items.is_empty() && items.iter().all(|v| v.is_immediate_float());
        for (i, v) in items.iter().enumerate() {
            list.set_word(i, if floats { word_float(v.word()).to_bits() } else { v.word() });
        }
        if floats {
            list.header.set_flag(FLOATS);
        }
        list.len.set(items.len());
        list
    }

    /// A list of these floats.
    pub fn list_from_floats(&mut self, items: &[f64]) -> Gc<List> {
        let list = self.list_with_capacity(items.len());
        for (i, x) in items.iter().enumerate() {
            list.set_word(i, x.to_bits());
        }
        if !items.is_empty() {
            list.header.set_flag(FLOATS);
        }
        list.len.set(items.len());
        list
    }

    /// Room for `capacity` items at least.
    fn list_grow(&mut self, list: Gc<List>, capacity: usize) -> bool {
        let payload = match list.items.get() {
            _ if capacity > u32::MAX as usize => None,
            0 => buffer::alloc(self, Kind::ValueBuffer, capacity.saturating_mul(8)),
            _ if list.is_inline() => buffer::alloc(self, Kind::ValueBuffer, capacity.saturating_mul(8)),
            old => buffer::realloc(self, old, capacity.saturating_mul(8)),
        };
        let Some(payload) = payload else {
            self.fatal_limit("out of memory");
            return false;
        };
        if list.is_inline() {
            // SAFETY: the new buffer has as many words at least.
            unsafe { std::ptr::copy_nonoverlapping(list.items.get() as *const u64, payload as *mut u64, list.len()) };
        }
        list.items.set(payload);
        list.capacity.set(capacity as u32);
        // The buffer is new to the collector.
        list.barrier();
        true
    }

    /// Makes room for `more` items behind the present ones.
    pub fn list_reserve(&mut self, list: Gc<List>, more: usize) -> bool {
        let need = list.len().saturating_add(more);
        need <= list.capacity()
            || self.list_grow(list, need.max(list.capacity() + if list.capacity() < 512 { list.capacity().max(4) } else { list.capacity() / 2 }))
    }

    /// Appends an item.
    #[inline]
    pub fn list_push(&mut self, list: Gc<List>, v: Value) {
        if !list.push_fast(v) {
            self.list_push_slow(list, v);
        }
    }

    #[cold]
    #[inline(never)]
    fn list_push_slow(&mut self, list: Gc<List>, v: Value) {
        if list.len() == 0 && !list.is_floats() && v.is_immediate_float() {
            list.header.set_flag(FLOATS);
        }
        if !self.list_reserve(list, 1) {
            return;
        }
        if list.is_floats() {
            if let Some(x) = v.as_float().filter(|_| v.is_immediate_float() || self.is_exact_float(v)) {
                list.set_word(list.len(), x.to_bits());
                list.len.set(list.len() + 1);
                return;
            }
            self.list_generalise(list);
        }
        list.set_word(list.len(), v.word());
        list.len.set(list.len() + 1);
        list.barrier();
    }

    /// Turns a float list into a general one.
    pub fn list_generalise(&mut self, list: Gc<List>) {
        if !list.is_floats() {
            return;
        }
        // Heap floats are allocated meanwhile: the words not yet converted are plain floats, which the collector must not
        // take for references, hence a second buffer.
        let n = list.len();
        let Some(payload) = buffer::alloc(self, Kind::ValueBuffer, list.capacity() * 8) else {
            self.fatal_limit("out of memory");
            return;
        };
        for i in 0..n {
            let v = self.float(f64::from_bits(list.word(i)));
            // SAFETY: the new buffer has as many words as the old one.
            unsafe { *(payload as *mut u64).add(i) = v.word() };
        }
        let was_inline = list.is_inline();
        let old = list.items.replace(payload);
        if !was_inline {
            buffer::free(&self.heap, old);
        }
        list.header.clear_flag(FLOATS);
        list.changed(0);
        list.barrier();
    }

    /// The item at `i`, which is below the length.
    #[inline]
    pub fn list_get(&mut self, list: Gc<List>, i: usize) -> Value {
        match list.get_fast(i) {
            Some(v) => v,
            None => self.float(f64::from_bits(list.word(i))),
        }
    }

    /// Stores at `i`, which is below the length.
    #[inline]
    pub fn list_set(&mut self, list: Gc<List>, i: usize, v: Value) {
        if list.set_fast(i, v) || i >= list.len() {
            return;
        }
        if let Some(x) = v.as_float().filter(|_| self.is_exact_float(v)) {
            list.set_word(i, x.to_bits());
            return;
        }
        self.list_generalise(list);
        list.set_fast(i, v);
    }

    /// Inserts before `i` (up to the length).
    pub fn list_insert(&mut self, list: Gc<List>, i: usize, v: Value) {
        self.list_push(list, v);
        let n = list.len();
        let i = i.min(n - 1);
        let w = list.word(n - 1);
        for at in (i..n - 1).rev() {
            list.set_word(at + 1, list.word(at));
        }
        list.set_word(i, w);
        list.changed(i);
        list.barrier();
    }

    /// Removes and returns the item at `i`, which is below the length.
    pub fn list_remove(&mut self, list: Gc<List>, i: usize) -> Value {
        let v = self.list_get(list, i);
        let n = list.len();
        for at in i + 1..n {
            list.set_word(at - 1, list.word(at));
        }
        list.changed(i);
        list.barrier();
        list.truncate(n - 1);
        v
    }

    /// Replaces the items `[start, end)` by `items` (which must not be the list's own memory).
    pub fn list_splice(&mut self, list: Gc<List>, start: usize, end: usize, items: &[Value]) {
        let n = list.len();
        if list.is_floats() && !items.iter().all(|v| v.is_immediate_float()) {
            self.list_generalise(list);
        }
        if n == 0 && !items.is_empty() && items.iter().all(|v| v.is_immediate_float()) && !list.is_floats() {
            list.header.set_flag(FLOATS);
        }
        let new_len = n - (end - start) + items.len();
        if new_len > n && !self.list_reserve(list, new_len - n) {
            return;
        }
        if new_len == 0 {
            list.truncate(0);
            return;
        }
        // SAFETY: both ranges lie inside the capacity; the tail is moved as raw words.
        unsafe {
            let base = list.items.get() as *mut u64;
            std::ptr::copy(base.add(end), base.add(start + items.len()), n - end);
        }
        for (k, v) in items.iter().enumerate() {
            list.set_word(start + k, if list.is_floats() { word_float(v.word()).to_bits() } else { v.word() });
        }
        for at in new_len..n {
            list.set_word(at, 0);
        }
        list.len.set(new_len);
        list.changed(start);
        list.barrier();
    }

    /// Exchanges the contents of two lists.
    pub fn list_swap(&mut self, a: Gc<List>, b: Gc<List>) {
        for list in [a, b] {
            if list.is_inline() && !self.list_grow(list, list.capacity()) {
                return;
            }
        }
        a.len.swap(&b.len);
        a.capacity.swap(&b.capacity);
        a.items.swap(&b.items);
        let (x, y) = (a.is_floats(), b.is_floats());
        for (list, floats) in [(a, y), (b, x)] {
            if floats {
                list.header.set_flag(FLOATS)
            } else {
                list.header.clear_flag(FLOATS)
            }
            list.changed_from.set(0);
            list.barrier();
        }
    }

    /// `a + b`.
    pub fn list_concat(&mut self, a: Gc<List>, b: Gc<List>) -> Gc<List> {
        let (n, m) = (a.len(), b.len());
        if a.is_floats() != b.is_floats() && n > 0 && m > 0 {
            let new = self.list_with_capacity(n + m);
            for (list, len) in [(a, n), (b, m)] {
                for i in 0..len {
                    let v = self.list_get(list, i);
                    self.list_push(new, v);
                }
            }
            return new;
        }
        let new = self.list_with_capacity(n + m);
        if new.capacity() < n + m || n + m == 0 {
            return new;
        }
        // SAFETY: the words of both fit into the new list; the storage kind is the same, or one of them is empty.
        unsafe {
            let to = new.items.get() as *mut u64;
            if n > 0 {
                std::ptr::copy_nonoverlapping(a.items.get() as *const u64, to, n);
            }
            if m > 0 {
                std::ptr::copy_nonoverlapping(b.items.get() as *const u64, to.add(n), m);
            }
        }
        if a.is_floats() || b.is_floats() {
            new.header.set_flag(FLOATS);
        }
        new.len.set(n + m);
        new
    }

    /// A copy of items `[start, end)` as a list.
    pub fn list_slice(&mut self, list: Gc<List>, start: usize, end: usize) -> Gc<List> {
        let new = self.list_with_capacity(end - start);
        // Raw words are copied; the storage kind goes along.
        let end = end.min(list.len());
        let start = start.min(end);
        if end > start {
            // SAFETY: so many words are in the one and fit in the other.
            unsafe { std::ptr::copy_nonoverlapping((list.items.get() as *const u64).add(start), new.items.get() as *mut u64, end - start) };
        }
        if list.is_floats() && end > start {
            new.header.set_flag(FLOATS);
        }
        new.len.set(end - start);
        new
    }

    /// Appends the items of a slice (a register window, a tuple's items).
    pub fn list_extend(&mut self, list: Gc<List>, items: &[Value]) {
        self.list_reserve(list, items.len());
        for &v in items {
            self.list_push(list, v);
        }
    }

    /// The items copied out, safe from changes of the list. Only for short-lived use on the stack: the values stay
    /// reachable through `keep`, a tuple.
    pub fn list_to_tuple(&mut self, list: Gc<List>) -> Gc<crate::object::tuple::Tuple> {
        self.list_generalise(list);
        let n = list.len();
        self.tuple_with(n, |i| Value::from_word(list.word(i)).unwrap_or(Value::NONE))
    }
}
